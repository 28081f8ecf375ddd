using System.Text.RegularExpressions;

namespace Kube.Server.Kinds.Validation;

/// <summary>
/// The rules for names, keys and values, in the words of apimachinery (pkg/util/validation, pkg/api/validate/content).
/// Each returns what is wrong with a text, or nothing.
/// </summary>
static partial class Names
{
    const string LabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    const string SubdomainFormat = LabelFormat + @"(\." + LabelFormat + ")*";
    const string Dns1035Format = "[a-z]([-a-z0-9]*[a-z0-9])?";
    const string KeyFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    const string ConfigKeyFormat = "[-._a-zA-Z0-9]+";
    const string HeaderFormat = "[-A-Za-z0-9]+";
    const string KeyRule = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    public static IReadOnlyList<string> LabelFaults(string value)
    {
        var faults = TooLong(value, 63);
        if (!LabelPattern().IsMatch(value))
        {
            faults.Add(SubdomainPattern().IsMatch(value)
                ? "must not contain dots"
                : Pattern("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character", LabelFormat, "my-name", "123-abc"));
        }

        return faults;
    }

    public static IReadOnlyList<string> SubdomainFaults(string value)
    {
        var faults = TooLong(value, 253);
        if (!SubdomainPattern().IsMatch(value))
            faults.Add(Pattern("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character", SubdomainFormat, "example.com"));
        return faults;
    }

    public static IReadOnlyList<string> Dns1035Faults(string value)
    {
        var faults = TooLong(value, 63);
        if (!Dns1035Pattern().IsMatch(value))
            faults.Add(Pattern("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character", Dns1035Format, "my-name", "abc-123"));
        return faults;
    }

    public static IReadOnlyList<string> LabelKeyFaults(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2)
        {
            return [Pattern("a valid label key " + KeyRule, KeyFormat, "MyName", "my.name", "123-abc") +
                " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var faults = new List<string>();
        if (parts.Length == 2)
        {
            faults.AddRange(parts[0].Length == 0
                ? ["prefix part must be non-empty"]
                : SubdomainFaults(parts[0]).Select(fault => "prefix part " + fault));
        }

        var name = parts[^1];
        if (name.Length == 0)
            faults.Add("name part must be non-empty");
        faults.AddRange(TooLong(name, 63).Select(fault => "name part " + fault));
        if (!KeyPattern().IsMatch(name))
            faults.Add("name part " + Pattern(KeyRule, KeyFormat, "MyName", "my.name", "123-abc"));
        return faults;
    }

    public static IReadOnlyList<string> LabelValueFaults(string value)
    {
        var faults = TooLong(value, 63);
        if (value.Length > 0 && !KeyPattern().IsMatch(value))
            faults.Add(Pattern("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", $"({KeyFormat})?", "MyValue", "my_value", "12345"));
        return faults;
    }

    public static IReadOnlyList<string> ConfigKeyFaults(string value)
    {
        var faults = TooLong(value, 253, "characters");
        if (!ConfigKeyPattern().IsMatch(value))
            faults.Add(Pattern("a valid config key must consist of alphanumeric characters, '-', '_' or '.'", ConfigKeyFormat, "key.name", "KEY_NAME", "key-name"));
        if (value is "." or "..")
            faults.Add($"must not be '{value}'");
        else if (value.StartsWith("..", StringComparison.Ordinal))
            faults.Add("must not start with '..'");
        return faults;
    }

    public static IReadOnlyList<string> PortNameFaults(string value)
    {
        var faults = TooLong(value, 15, "characters");
        if (value.Length == 0 || value.Any(c => c is not ('-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))))
            faults.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        if (!value.Any(c => c is >= 'a' and <= 'z'))
            faults.Add("must contain at least one letter (a-z)");
        if (value.Contains("--", StringComparison.Ordinal))
            faults.Add("must not contain consecutive hyphens");
        if (value.StartsWith('-') || value.EndsWith('-'))
            faults.Add("must not begin or end with a hyphen");
        return faults;
    }

    /// <summary>Any printable ASCII but the equals sign, as the API allows since 1.34.</summary>
    public static IReadOnlyList<string> VariableNameFaults(string value) =>
        value.Any(c => c is < ' ' or > '~' or '=')
            ? ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
            : [];

    public static IReadOnlyList<string> HeaderNameFaults(string value) =>
        HeaderPattern().IsMatch(value)
            ? []
            : [Pattern("a valid HTTP header must consist of alphanumeric characters or '-'", HeaderFormat, "X-Header-Name")];

    public static IReadOnlyList<string> PortFaults(long value) => RangeFaults(value, 1, 65535);

    public static IReadOnlyList<string> RangeFaults(long value, long least, long most) =>
        value >= least && value <= most ? [] : [$"must be between {least} and {most}, inclusive"];

    static List<string> TooLong(string value, int most, string unit = "bytes") =>
        System.Text.Encoding.UTF8.GetByteCount(value) > most ? [$"must be no more than {most} {unit}"] : [];

    static string Pattern(string rule, string format, params string[] examples) =>
        $"{rule} (e.g. {string.Join(" or ", examples.Select(e => $"'{e}', "))}regex used for validation is '{format}')";

    [GeneratedRegex("^" + LabelFormat + @"\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex("^" + SubdomainFormat + @"\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex("^" + Dns1035Format + @"\z")]
    private static partial Regex Dns1035Pattern();

    [GeneratedRegex("^(" + KeyFormat + @")\z")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("^" + ConfigKeyFormat + @"\z")]
    private static partial Regex ConfigKeyPattern();

    [GeneratedRegex("^" + HeaderFormat + @"\z")]
    private static partial Regex HeaderPattern();
}
