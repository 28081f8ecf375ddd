namespace Kube.Bench.Processes;

/// <summary>Programs on PATH.</summary>
static class Executable
{
    /// <exception cref="BenchException">It is not there.</exception>
    public static string Find(string name) => TryFind(name) ?? throw new BenchException($"{name} is not on PATH.");

    /// <summary>Its path; null where it is not there.</summary>
    public static string? TryFind(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
