namespace Kube.Server.Hosting;

/// <summary>A command line's flags, <c>--name value</c> or <c>--name=value</c>, taken one by one; what is left over is an error.</summary>
sealed class Flags
{
    readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    readonly string _verb;

    /// <param name="verb">The verb, for messages.</param>
    /// <param name="args">What follows the verb.</param>
    /// <param name="withValue">The flags that take a value.</param>
    /// <param name="switches">The flags that may stand alone; with a value it is <c>true</c> or <c>false</c>.</param>
    /// <exception cref="UsageException">A flag is unknown, or lacks its value.</exception>
    public Flags(string verb, ReadOnlySpan<string> args, IReadOnlySet<string> withValue, IReadOnlySet<string> switches)
    {
        _verb = verb;
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = Split(args[i]);
            if (switches.Contains(name)) value ??= "true";
            else if (!withValue.Contains(name)) throw new UsageException($"{verb} has no flag {name}");
            else if (value is null)
                value = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : throw new UsageException($"{name} needs a value");
            if (_values.TryGetValue(name, out var values)) values.Add(value);
            else _values[name] = [value];
        }
    }

    /// <exception cref="UsageException">It is given twice, or empty.</exception>
    public string? Single(string name) => _values.GetValueOrDefault(name) switch
    {
        null => null,
        [""] => throw new UsageException($"{name} is empty"),
        [var value] => value,
        _ => throw new UsageException($"{name} is given more than once"),
    };

    public string Required(string name) => Single(name) ?? throw new UsageException($"{_verb} needs {name}");

    public bool Switch(string name) => Single(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new UsageException($"{name} is true or false, not \"{other}\""),
    };

    /// <summary>Every value of a flag that may be repeated; null when it is not given.</summary>
    public IReadOnlyList<string>? Many(string name) => _values.GetValueOrDefault(name);

    static (string Name, string? Value) Split(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal) || arg.Length == 2) throw new UsageException($"\"{arg}\" is no flag");
        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (arg, null) : (arg[..equals], arg[(equals + 1)..]);
    }
}
