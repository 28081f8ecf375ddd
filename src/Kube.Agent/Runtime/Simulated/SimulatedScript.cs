using System.Globalization;
using System.Text.RegularExpressions;

namespace Kube.Agent.Runtime.Simulated;

/// <summary>
/// What a simulated container does, told by annotations of its pod. Each may end in <c>.CONTAINER</c>, and then goes before the one without:
/// <list type="table">
/// <item><term><c>kube.simulated/start-delay</c></term><description>How long its start takes; default none.</description></item>
/// <item><term><c>kube.simulated/run-for</c></term><description>How long it runs; default for ever.</description></item>
/// <item><term><c>kube.simulated/exit-code</c></term><description>Its exit code at the end of that, 0 to 255; default 0.</description></item>
/// <item><term><c>kube.simulated/stop-delay</c></term><description>How long it takes to end after SIGTERM; default none. Past the grace period it is killed.</description></item>
/// <item><term><c>kube.simulated/exec-exit-code</c></term><description>The exit code of every command run in it, as by probes, 0 to 255; default 0.</description></item>
/// <item><term><c>kube.simulated/exec-output</c></term><description>A text that every command run in it writes, with a line feed; default none. Its commas are its own.</description></item>
/// <item><term><c>kube.simulated/log-lines</c></term><description>How many numbered lines it writes as soon as it has started, at most 10,000,000; default none.</description></item>
/// <item><term><c>kube.simulated/cpu</c></term><description>The processors that it keeps busy, such as <c>250m</c>; default 0.</description></item>
/// <item><term><c>kube.simulated/memory</c></term><description>The memory that it holds, such as <c>64Mi</c>; default 0.</description></item>
/// </list>
/// Times are Go's (<c>1m30s</c>, <c>250ms</c>) or seconds. A list with commas has a value for each attempt; the last holds for all that follow: run-for
/// <c>1s,1s,1h</c> is a container that comes up at the third attempt.
/// </summary>
/// <param name="StartDelay">How long its start takes.</param>
/// <param name="RunFor">How long it runs; null: for ever.</param>
/// <param name="ExitCode">Its exit code when it ends by itself.</param>
/// <param name="StopDelay">How long it takes to end after SIGTERM.</param>
/// <param name="ExecExitCode">The exit code of commands that are run in it.</param>
/// <param name="ExecOutput">What they write; empty: nothing.</param>
/// <param name="LogLines">How many numbered lines it writes.</param>
sealed partial record SimulatedScript(TimeSpan StartDelay, TimeSpan? RunFor, int ExitCode, TimeSpan StopDelay, int ExecExitCode, string ExecOutput, int LogLines)
{
    const int MostLogLines = 10_000_000;

    /// <summary>The processors that it keeps busy.</summary>
    public decimal Cores { get; private init; }

    /// <summary>The memory that it holds.</summary>
    public long MemoryBytes { get; private init; }

    // Thirty days: a timer takes no more than 49.
    const int LongestHours = 720;

    // More than any machine has, and few enough for thirty days of nanoseconds.
    const int MostCores = 1000;

    const string Prefix = "kube.simulated/";

    /// <summary>A container that starts and stops at once and runs for ever.</summary>
    public static readonly SimulatedScript Default = new(TimeSpan.Zero, null, 0, TimeSpan.Zero, 0, "", 0);

    /// <summary>Reads the annotations for one attempt of one container.</summary>
    /// <exception cref="FormatException">An annotation is unknown or holds what it must not; the message names it.</exception>
    public static SimulatedScript Read(IReadOnlyDictionary<string, string> annotations, string container, int attempt)
    {
        var script = Default;
        foreach (var (annotation, value) in annotations.Where(a => a.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(a => a.Key.Length))
        {
            var (name, scope) = Split(annotation[Prefix.Length..]);
            var applies = scope is null || scope == container;
            var values = value.Split(',', StringSplitOptions.TrimEntries);
            var text = values[Math.Min(attempt, values.Length - 1)];
            script = name switch
            {
                "start-delay" => applies ? script with { StartDelay = Duration(annotation, text) } : script,
                "run-for" => applies ? script with { RunFor = Duration(annotation, text) } : script,
                "exit-code" => applies ? script with { ExitCode = Code(annotation, text) } : script,
                "stop-delay" => applies ? script with { StopDelay = Duration(annotation, text) } : script,
                "exec-exit-code" => applies ? script with { ExecExitCode = Code(annotation, text) } : script,
                "exec-output" => applies ? script with { ExecOutput = value } : script,
                "log-lines" => applies ? script with { LogLines = Lines(annotation, text) } : script,
                "cpu" => applies ? script with { Cores = Amount(annotation, text, MostCores) } : script,
                "memory" => applies ? script with { MemoryBytes = (long)Amount(annotation, text, long.MaxValue) } : script,
                _ => throw new FormatException($"The simulated runtime knows no annotation {annotation}: it has start-delay, run-for, exit-code, stop-delay, exec-exit-code, exec-output, log-lines, cpu and memory."),
            };
        }
        return script;
    }

    static (string Name, string? Container) Split(string name) =>
        name.IndexOf('.') is var dot and >= 0 ? (name[..dot], name[(dot + 1)..]) : (name, null);

    static int Code(string annotation, string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : throw new FormatException($"The annotation {annotation} must be an exit code, 0 to 255, not '{text}'.");

    static int Lines(string annotation, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines <= MostLogLines
            ? lines
            : throw new FormatException($"The annotation {annotation} must be a number of lines, 0 to {MostLogLines}, not '{text}'.");

    static decimal Amount(string annotation, string text, decimal most) =>
        KubeQuantity.TryParse(text, out var quantity) && quantity.Value is { } value && value >= 0 && value <= most
            ? value
            : throw new FormatException($"The annotation {annotation} must be a quantity such as 250m or 64Mi, not '{text}'.");

    static TimeSpan Duration(string annotation, string text)
    {
        var refusal = new FormatException($"The annotation {annotation} must be a time such as 5s or 1m30s, at most {LongestHours}h, not '{text}'.");
        if (text.Length > 0 && SecondsPattern().IsMatch(text))
            text += "s";
        if (text.Length is 0 or > 64 || !DurationPattern().IsMatch(text))
            throw refusal;
        var seconds = PartPattern().Matches(text).Sum(part =>
            double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch
            {
                "h" => 3600,
                "m" => 60,
                "s" => 1,
                _ => 0.001,
            });
        return seconds <= LongestHours * 3600 ? TimeSpan.FromSeconds(seconds) : throw refusal;
    }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex SecondsPattern();

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(h|ms|m|s))+\z")]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"(?<number>[0-9]+(\.[0-9]+)?)(?<unit>h|ms|m|s)")]
    private static partial Regex PartPattern();
}
