namespace Kube.Bench.Processes;

/// <summary>How this program is started once more.</summary>
static class Self
{
    public static string Program { get; } = Environment.ProcessPath!;

    public static IReadOnlyList<string> Arguments { get; } =
        Path.GetFileNameWithoutExtension(Program).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? [Path.Combine(AppContext.BaseDirectory, "Kube.Bench.dll")] : [];
}
