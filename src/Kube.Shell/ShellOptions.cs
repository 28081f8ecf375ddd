namespace Kube.Shell;

/// <summary>What the shell is asked to do.</summary>
enum ShellMode
{
    Interactive,
    Command,
    File,
    Help,
    Version,
}

/// <summary>The command line.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Text">The command's text or the script's path; <c>-</c> is standard input.</param>
/// <param name="Arguments">What a script gets.</param>
sealed record ShellOptions(ShellMode Mode, string Text, IReadOnlyList<string> Arguments)
{
    public const string Usage = """
        Kube.Shell: PowerShell with the Kube module loaded.

          Kube.Shell [options]                              a prompt; commands from standard input where that is redirected
          Kube.Shell [options] -Command TEXT                run a command (-: those of standard input)
          Kube.Shell [options] [-File] PATH [arguments]     run a script (-: the commands of standard input)
          Kube.Shell -Help                                  this text
          Kube.Shell -Version                               the version

        Options, as pwsh has them: -NoLogo, -NonInteractive (whoever asks gets an error), -NoProfile,
        -NoExit (a prompt after the command or script). Where pwsh 7.6 or later is on PATH, it runs instead.
        """;

    static readonly string[] Names = ["Command", "File", "Help", "NoExit", "NoLogo", "NoProfile", "NonInteractive", "Version"];

    /// <summary>Nothing is said but what commands say.</summary>
    public bool NoLogo { get; init; }

    /// <summary>Nobody is there to be asked.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>The user's own start-up scripts do not run.</summary>
    public bool NoProfile { get; init; }

    /// <summary>A prompt follows the command or script.</summary>
    public bool NoExit { get; init; }

    /// <summary>Whether the commands come from standard input.</summary>
    public bool IsInput => Mode is ShellMode.Command or ShellMode.File && Text == "-";

    /// <summary>Reads the command line. Names of options may be shortened and are case-insensitive, as pwsh's are.</summary>
    /// <exception cref="FormatException">It cannot be understood.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ShellOptions(ShellMode.Interactive, "", []);
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            string[] rest = [.. arguments.Skip(index + 1)];
            switch (NameOf(argument))
            {
                case "NoExit": options = options with { NoExit = true }; break;
                case "NoLogo": options = options with { NoLogo = true }; break;
                case "NoProfile": options = options with { NoProfile = true }; break;
                case "NonInteractive": options = options with { NonInteractive = true }; break;
                case "Help": return options with { Mode = ShellMode.Help };
                case "Version": return options with { Mode = ShellMode.Version };
                case "Command":
                    if (rest.Length == 0) throw new FormatException("-Command needs the text of a command.");
                    if (rest[0] == "-" && rest.Length > 1) throw new FormatException("'-Command -' takes nothing else: the commands come from standard input.");
                    return options with { Mode = ShellMode.Command, Text = string.Join(' ', rest) };
                case "File":
                    if (rest.Length == 0) throw new FormatException("-File needs the path of a script.");
                    return options with { Mode = ShellMode.File, Text = rest[0], Arguments = rest[1..] };
                default: return options with { Mode = ShellMode.File, Text = argument, Arguments = rest };
            }
        }
        return options;
    }

    /// <summary>The option that an argument names; null: it is a path.</summary>
    static string? NameOf(string argument)
    {
        if (argument is "-?" or "/?") return "Help";
        if (argument == "-" || !argument.StartsWith('-')) return null;
        var typed = argument.TrimStart('-');
        // Each may be as short as it is in pwsh.
        var found = typed.ToLowerInvariant() switch
        {
            "c" => "Command",
            "f" => "File",
            "h" => "Help",
            "v" => "Version",
            "noe" => "NoExit",
            "nol" => "NoLogo",
            "nop" => "NoProfile",
            "noni" => "NonInteractive",
            var name => name.Length > 2 || name is "co" or "fi" or "he" or "ve" ? Array.Find(Names, known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null,
        };
        return found ?? throw new FormatException($"'{argument}' is not an option.");
    }
}
