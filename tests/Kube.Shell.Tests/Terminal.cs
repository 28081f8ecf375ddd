using System.Diagnostics;

namespace Kube.Shell.Tests;

/// <summary>The shell in a terminal of its own, by tmux: keys go in, and what stands on the screen is waited for.</summary>
sealed class Terminal : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string _folder = Directory.CreateTempSubdirectory("kube-tmux-").FullName;
    readonly string _socket;

    public Terminal(int width = 80, string term = "")
    {
        _socket = Path.Combine(_folder, "socket");
        if (!Path.Exists("/usr/bin/tmux"))
        {
            if (Environment.GetEnvironmentVariable("KUBE_LAB") == "required") Assert.Fail("The lab has no tmux.");
            Assert.Skip("needs tmux");
        }
        File.WriteAllText(KubeConfig, """
            {"apiVersion":"v1","kind":"Config","current-context":"lab","clusters":[{"name":"lab","cluster":{"server":"https://127.0.0.1:1"}}],"users":[{"name":"lab","user":{}}],
             "contexts":[{"name":"lab","context":{"cluster":"lab","user":"lab","namespace":"shop"}},{"name":"other","context":{"cluster":"lab","user":"lab"}}]}
            """);
        var environment = $"{(term.Length > 0 ? $"TERM={term} " : "")}PATH='{ShellProcess.PathWithoutPwsh}' KUBE_HOME='{Home}' KUBECONFIG='{KubeConfig}' XDG_CONFIG_HOME='{_folder}/config'";
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", "24", "sh");
        Tmux("set-option", "-g", "remain-on-exit", "on");
        Tmux("respawn-pane", "-k", "-c", _folder, $"env {environment} dotnet '{ShellProcess.Program}' -NoLogo; echo \"ended: $?\"");
        WaitFor("PS ");
    }

    public string Home => Path.Combine(_folder, "home");

    string KubeConfig => Path.Combine(_folder, "config.json");

    /// <summary>What stands on the screen.</summary>
    public string Screen => Tmux("capture-pane", "-p").TrimEnd();

    /// <summary>Types text as it is.</summary>
    public void Type(string text) => Tmux("send-keys", "-l", text);

    /// <summary>Presses keys by tmux's names.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    public void Paste(string text)
    {
        Tmux("set-buffer", text);
        Tmux("paste-buffer", "-p");
    }

    /// <summary>Makes the terminal wider or narrower. tmux tells the program a while after it has drawn its own screen anew.</summary>
    public void Resize(int width)
    {
        Tmux("resize-window", "-x", $"{width}", "-y", "24");
        var device = Tmux("display-message", "-p", "#{pane_tty}").Trim();
        WaitUntil(() => Run("stty", "-F", device, "size").Trim() == $"24 {width}", $"{width} columns");
    }

    public void WaitFor(string text) => WaitUntil(() => Screen.Contains(text, StringComparison.Ordinal), text);

    public void WaitUntil(Func<bool> condition, string wanted)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            if (watch.Elapsed > Patience) Assert.Fail($"This did not come: {wanted}\nThe screen:\n{Screen}");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        Tmux("kill-server");
        Directory.Delete(_folder, recursive: true);
    }

    string Tmux(params string[] arguments) => Run("tmux", ["-u", "-S", _socket, .. arguments]);

    static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Result}");
    }
}
