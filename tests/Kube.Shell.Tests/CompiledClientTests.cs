using System.Runtime.InteropServices;

namespace Kube.Shell.Tests;

/// <summary>A copy of the module that has a client for this system, as a Release build lays it out, beside a copy of the shell.</summary>
public sealed class CompiledClientTests : IDisposable
{
    const string Client = "Kube.Client.dll";

    readonly string _folder = Directory.CreateTempSubdirectory("kube-compiled-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_client_compiled_for_this_system_is_taken_and_finds_what_lies_beside_the_module()
    {
        Copy(Path.GetDirectoryName(ShellProcess.Program)!, Path.Combine(_folder, "shell"));
        var module = Path.Combine(_folder, "Kube");
        Copy(Path.Combine(ShellProcess.Root, "out", "Kube"), module);
        var compiled = Path.Combine(module, RuntimeInformation.RuntimeIdentifier, Client);
        Directory.CreateDirectory(Path.GetDirectoryName(compiled)!);
        File.Copy(Path.Combine(module, Client), compiled, overwrite: true);

        var (status, output, error) = await ShellProcess.RunCopyAsync(Path.Combine(_folder, "shell", Path.GetFileName(ShellProcess.Program)),
            ["-Command", "[Kube.KubeApi].Assembly.Location; ('kind: Pod' | ConvertFrom-KubeYaml).Kind"]);

        Assert.True(status == 0, error);
        Assert.Equal([compiled, "Pod"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }

    static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, path);
            // The server is large, and nothing here starts it.
            if (relative.StartsWith("server" + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            var copy = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
