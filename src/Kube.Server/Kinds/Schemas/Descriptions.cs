using System.Collections.Frozen;
using System.Reflection;

namespace Kube.Server.Kinds.Schemas;

/// <summary>
/// What the types and their fields are for, read from embedded data. A line is <c>PACKAGE.TYPE TEXT</c> or <c>PACKAGE.TYPE.FIELD TEXT</c>; <c>*.FIELD TEXT</c> holds for
/// the field of every type that says nothing else.
/// </summary>
static class Descriptions
{
    const string Resource = "Kube.Server.Kinds.Schemas.descriptions.txt";

    static readonly Lazy<FrozenDictionary<string, string>> All = new(Read);

    /// <summary>Every type and field that is described.</summary>
    public static IEnumerable<string> Keys => All.Value.Keys;

    /// <summary>What a type is; empty where nothing is said.</summary>
    public static string Of(StructSchema type) => Find($"{type.Package}.{type.Name}") ?? "";

    /// <summary>What a field of a type, its own or an inlined one's, is for; empty where nothing is said.</summary>
    public static string Of(StructSchema type, string field) =>
        Find($"{type.Package}.{type.Name}.{field}") ?? type.Inlined.Select(inlined => Own(inlined.Type, field)).FirstOrDefault(text => text is not null) ?? Find($"*.{field}") ?? "";

    static string? Own(StructSchema type, string field) =>
        Find($"{type.Package}.{type.Name}.{field}") ?? type.Inlined.Select(inlined => Own(inlined.Type, field)).FirstOrDefault(text => text is not null);

    static string? Find(string key) => All.Value.GetValueOrDefault(key);

    static FrozenDictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("there are no descriptions");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2)).ToFrozenDictionary(line => line[0], line => line[1]);
    }
}
