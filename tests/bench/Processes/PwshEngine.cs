namespace Kube.Bench.Processes;

/// <summary>The pwsh on PATH.</summary>
sealed class PwshEngine(string path) : IEngine
{
    public string Description => "pwsh";

    public (string Program, IReadOnlyList<string> Arguments) Command => (path, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File"]);

    /// <exception cref="BenchException">There is none.</exception>
    public static PwshEngine Find() => new(Executable.Find("pwsh"));
}
