using System.Globalization;

namespace Kube.Bench;

/// <summary>What the command line asks for.</summary>
sealed record BenchOptions
{
    public const string Usage = """
        dotnet run -c Release --project tests/bench -- [NAME…] [--runs N] [--hosted]

          NAME      the benchmarks to run; default: all, which also writes docs/benchmarks.md
          --runs N  how often each thing is measured, after one round that does not count; default 7
          --hosted  measure in the engine of the System.Management.Automation package, which is compiled as it runs: the aims
                    of import and first-command are for pwsh; default: the pwsh on PATH where there is one
          --list    say which benchmarks there are

        """;

    /// <summary>The benchmarks to run; none: all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public int Runs { get; init; } = 7;

    public bool Hosted { get; init; }

    public bool List { get; init; }

    public bool Help { get; init; }

    /// <exception cref="BenchException">It asks for something that there is not.</exception>
    public static BenchOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new BenchOptions();
        for (var index = 0; index < args.Length; index++)
        {
            options = args[index] switch
            {
                "--hosted" => options with { Hosted = true },
                "--list" => options with { List = true },
                "--help" or "-h" => options with { Help = true },
                "--runs" => options with { Runs = ++index < args.Length ? ReadRuns(args[index]) : throw new BenchException("--runs needs a number.") },
                var flag when flag.StartsWith('-') => throw new BenchException($"There is no flag {flag}."),
                var name => options with { Names = [.. options.Names, name] },
            };
        }
        return options;
    }

    static int ReadRuns(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs is > 0 and <= 1000
            ? runs : throw new BenchException($"--runs {text} is no number from 1 to 1000.");
}
