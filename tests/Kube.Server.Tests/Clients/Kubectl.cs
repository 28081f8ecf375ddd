using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kube.Server.Tests.Storage;

namespace Kube.Server.Tests.Clients;

/// <summary>The real kubectl, with a kubeconfig and a cache of its own.</summary>
sealed class Kubectl : IDisposable
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(150);
    readonly TempFolder _folder = new();
    readonly string _program;
    readonly string _config;

    /// <summary>What stands for the program that a shell would find.</summary>
    public const string OnPath = "kubectl";

    public Kubectl(Uri server)
    {
        _program = Find();
        _config = _folder.File("config");
        File.WriteAllText(_config, $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{name: test, cluster: {server: "{{server}}"} }]
            users: [{name: test, user: {token: none} }]
            contexts: [{name: test, context: {cluster: test, user: test, namespace: default} }]
            """);
    }

    /// <param name="program">The file to run.</param>
    public Kubectl(string kubeconfig, string program = OnPath) => (_config, _program) = (kubeconfig, program == OnPath ? Find() : program);

    /// <summary>The minor of its version: distributions have old ones, which lack commands and say some things otherwise.</summary>
    public async Task<int> MinorAsync()
    {
        using var version = JsonDocument.Parse(await DoAsync("version --client -o json"));
        return int.Parse(version.RootElement.GetProperty("clientVersion").GetProperty("minor").GetString()!.TrimEnd('+'));
    }

    /// <summary>Runs a command and returns what it wrote, errors after output.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="editor">What it edits with.</param>
    public async Task<(int Exit, string Output)> RunAsync(string arguments, string? input = null, string? editor = null)
    {
        using var process = Start(arguments, editor);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Bound);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"kubectl {arguments} did not end: {await output}{await error}");
        }

        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> DoAsync(string arguments, string? input = null)
    {
        var (exit, output) = await RunAsync(arguments, input);
        Assert.True(exit == 0, $"kubectl {arguments} ended with {exit}: {output}");
        return output;
    }

    /// <summary>Starts a command that goes on until it is killed.</summary>
    public Process Start(string arguments, string? editor = null)
    {
        var info = new ProcessStartInfo(_program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--kubeconfig", _config, "--cache-dir", _folder.File("cache"), .. Split(arguments)])
            info.ArgumentList.Add(argument);
        if (editor is not null)
            info.Environment["KUBE_EDITOR"] = editor;
        info.Environment["TMPDIR"] = _folder.Path; // where it leaves what was edited and refused
        return Process.Start(info)!;
    }

    public void Dispose() => _folder.Dispose();

    // Words as a shell sees them: what stands in single quotes stays together.
    static IEnumerable<string> Split(string arguments) =>
        Regex.Matches(arguments, @"(?:[^\s']|'[^']*')+").Select(word => word.Value.Replace("'", ""));

    static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is not null)
            return found;
        Assert.SkipUnless(Environment.GetEnvironmentVariable("KUBE_LAB") == "required", "needs kubectl on PATH");
        Assert.Fail("kubectl is not on PATH");
        return "";
    }
}
