using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Schemas;

/// <summary>
/// The types of one API package, read from its data file. A line is <c>enum NAME VALUE…</c>, <c>type NAME [object] [atomic]</c>, and below
/// a type, indented, <c>FIELD TYPE NUMBER [flags]</c> or <c>+ TYPE NUMBER</c> for an inlined type. A field's type is a scalar, a name
/// (<c>package.Name</c> elsewhere) or <c>any</c>, after <c>*</c> (missing and zero differ), <c>[]</c> and <c>map:</c>;
/// <c>other|NAME</c> is a type's object or anything that is no object. Flags: <c>required</c>,
/// <c>emit</c>, <c>atomic</c>, <c>patch=STRATEGY,…[:KEY]</c>, <c>list=TYPE[:KEY,…]</c>, <c>default=TEXT</c>.
/// </summary>
sealed class SchemaPackage
{
    readonly Dictionary<string, EnumSchema> _enums = [];
    readonly Dictionary<string, StructSchema> _structs = [];
    readonly Dictionary<string, List<string[]>> _pending = [];
    readonly string _name;
    readonly Func<string, SchemaPackage> _other;

    SchemaPackage(string name, Func<string, SchemaPackage> other) => (_name, _other) = (name, other);

    public IEnumerable<StructSchema> Structs => _structs.Values;

    /// <param name="other">Gives the packages that this one refers to.</param>
    public static SchemaPackage Read(string name, string text, Func<string, SchemaPackage> other)
    {
        var package = new SchemaPackage(name, other);
        List<string[]> fields = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "enum" when line[0] != ' ':
                    package._enums.Add(words[1], new EnumSchema(words[1], [.. words[2..].Select(v => v.Trim('"'))]));
                    break;
                case "type" when line[0] != ' ':
                    package._structs.Add(words[1], new StructSchema(name, words[1]) { IsObject = words.Contains("object"), IsAtomic = words.Contains("atomic") });
                    package._pending.Add(words[1], fields = []);
                    break;
                default:
                    fields.Add(words);
                    break;
            }
        }

        foreach (var type in package._structs.Values)
            package.Complete(type);
        return package;
    }

    public StructSchema? Find(string name) => _structs.GetValueOrDefault(name);

    void Complete(StructSchema type)
    {
        if (!_pending.Remove(type.Name, out var lines))
            return; // done already, as another type inlines it
        var inlined = new List<(StructSchema, int)>();
        var own = new List<FieldSchema>();
        foreach (var words in lines)
        {
            if (words[0] == "+")
            {
                var inner = FindStruct(words[1]);
                if (inner.Package == _name)
                    Complete(inner);
                inlined.Add((inner, Int(words[2])));
            }
            else
            {
                own.Add(ReadField(words));
            }
        }

        type.Complete(own, inlined);
    }

    FieldSchema ReadField(string[] words)
    {
        var optional = words[1][0] == '*';
        var field = new FieldSchema(words[0], ReadType(optional ? words[1][1..] : words[1]), Int(words[2])) { Optional = optional };
        foreach (var flag in words[3..])
        {
            var value = flag[(flag.IndexOf('=') + 1)..].Split(':');
            field = flag switch
            {
                "required" => field with { Required = true },
                "emit" => field with { Emitted = true },
                "atomic" => field with { Atomic = true },
                _ when flag.StartsWith("patch=", StringComparison.Ordinal) =>
                    field with { PatchStrategies = value[0].Split(','), PatchMergeKey = value.Length > 1 ? value[1] : "" },
                _ when flag.StartsWith("list=", StringComparison.Ordinal) =>
                    field with { ListType = value[0], MapKeys = value.Length > 1 ? value[1].Split(',') : [] },
                _ when flag.StartsWith("default=", StringComparison.Ordinal) => field with { Default = JsonValue.Create(value[0]) },
                _ => throw new FormatException($"the schema of {_name} has an unknown flag: {flag}"),
            };
        }

        return field;
    }

    ValueSchema ReadType(string text)
    {
        if (text.StartsWith("[]", StringComparison.Ordinal))
            return new ValueSchema.List(ReadType(text[2..].TrimStart('*')));
        if (text.StartsWith("map:", StringComparison.Ordinal))
            return new ValueSchema.Map(ReadType(text[4..].TrimStart('*')));
        if (text.StartsWith("other|", StringComparison.Ordinal))
            return new ValueSchema.StructOrOther(FindStruct(text[6..]));
        return text switch
        {
            "string" => new ValueSchema.Scalar(ScalarType.String),
            "bool" => new ValueSchema.Scalar(ScalarType.Bool),
            "int32" => new ValueSchema.Scalar(ScalarType.Int32),
            "int64" => new ValueSchema.Scalar(ScalarType.Int64),
            "double" => new ValueSchema.Scalar(ScalarType.Double),
            "bytes" => new ValueSchema.Scalar(ScalarType.Bytes),
            "time" => new ValueSchema.Scalar(ScalarType.Time),
            "microtime" => new ValueSchema.Scalar(ScalarType.MicroTime),
            "duration" => new ValueSchema.Scalar(ScalarType.Duration),
            "quantity" => new ValueSchema.Scalar(ScalarType.Quantity),
            "intstr" => new ValueSchema.Scalar(ScalarType.IntOrString),
            "any" => new ValueSchema.Any(),
            _ => ReadName(text),
        };
    }

    ValueSchema ReadName(string text)
    {
        var (package, name) = text.Split('.') is [var other, var there] ? (_other(other), there) : (this, text);
        return package._enums.TryGetValue(name, out var values)
            ? new ValueSchema.Scalar(ScalarType.String) { Enum = values }
            : new ValueSchema.Struct(FindStruct(text));
    }

    StructSchema FindStruct(string text)
    {
        var (package, name) = text.Split('.') is [var other, var there] ? (_other(other), there) : (this, text);
        return package._structs.GetValueOrDefault(name) ?? throw new FormatException($"the schema of {_name} refers to an unknown type: {text}");
    }

    static int Int(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
