namespace Kube.Bench.Processes;

/// <summary>A PowerShell to measure in. Every probe runs in a process of its own.</summary>
interface IEngine
{
    /// <summary>What the report calls it.</summary>
    string Description { get; }

    /// <summary>The program, and the arguments that come before a script and its own.</summary>
    (string Program, IReadOnlyList<string> Arguments) Command { get; }
}

/// <summary>The scripts in <c>Probes</c>.</summary>
static class EngineProbes
{
    /// <summary>Runs a probe, whose output is a <see cref="Sample"/>.</summary>
    public static async Task<Sample> MeasureAsync(this IEngine engine, string probe, params string[] arguments) => Sample.Parse((await engine.RunAsync(probe, arguments)).Lines);

    /// <summary>Runs a probe that is measured from outside.</summary>
    public static Task<ProcessRun> RunAsync(this IEngine engine, string probe, params string[] arguments) =>
        ChildProcess.RunAsync(engine.Command.Program, [.. engine.Command.Arguments, Path.Combine(AppContext.BaseDirectory, "Probes", probe), .. arguments], keepOutput: true);
}
