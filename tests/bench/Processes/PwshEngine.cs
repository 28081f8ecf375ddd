namespace Kube.Bench.Processes;

/// <summary>The pwsh on PATH.</summary>
sealed class PwshEngine(string path, string version) : IEngine
{
    static readonly Version Needed = new(7, 6);

    public string Description => version;

    public (string Program, IReadOnlyList<string> Arguments) Command => (path, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File"]);

    /// <summary>Finds it; null where there is none that Kube runs in.</summary>
    public static async Task<PwshEngine?> FindAsync()
    {
        if (Executable.TryFind("pwsh") is not { } path) return null;
        // "PowerShell 7.6.1", or with the suffix of a build, which matters to nobody.
        var version = (await ChildProcess.RunAsync(path, ["--version"], keepOutput: true)).Lines[0].Split('-')[0];
        return Version.TryParse(version.Split(' ')[^1], out var number) && number >= Needed ? new PwshEngine(path, version) : null;
    }
}
