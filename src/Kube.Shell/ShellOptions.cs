namespace Kube.Shell;

/// <summary>What the shell is asked to do.</summary>
enum ShellMode
{
    Interactive,
    Command,
    File,
    Help,
}

/// <summary>The command line.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Text">The command's text or the script's path.</param>
/// <param name="Arguments">What a script gets.</param>
sealed record ShellOptions(ShellMode Mode, string Text, IReadOnlyList<string> Arguments)
{
    public const string Usage = """
        Kube.Shell: PowerShell with the Kube module loaded.

          Kube.Shell                              a prompt
          Kube.Shell -Command TEXT                run a command
          Kube.Shell -File PATH [arguments]       run a script
          Kube.Shell -Help                        this text
        """;

    /// <summary>Reads the command line. Names of options may be shortened and are case-insensitive, as pwsh's are.</summary>
    /// <exception cref="FormatException">It cannot be understood.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0) return new(ShellMode.Interactive, "", []);
        var name = arguments[0];
        if (Matches(name, "help") || name == "-?") return new(ShellMode.Help, "", []);
        if (Matches(name, "command"))
            return arguments.Count > 1 ? new(ShellMode.Command, string.Join(' ', arguments.Skip(1)), []) : throw new FormatException("-Command needs the text of a command.");
        if (Matches(name, "file"))
            return arguments.Count > 1 ? new(ShellMode.File, arguments[1], [.. arguments.Skip(2)]) : throw new FormatException("-File needs the path of a script.");
        if (name.StartsWith('-')) throw new FormatException($"'{name}' is not an option.");
        return new(ShellMode.File, name, [.. arguments.Skip(1)]);
    }

    static bool Matches(string argument, string name)
    {
        var text = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument.StartsWith('-') ? argument[1..] : "";
        return text.Length > 0 && name.StartsWith(text, StringComparison.OrdinalIgnoreCase);
    }
}
