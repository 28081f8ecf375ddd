namespace Kube.Server.Kinds.Schemas;

/// <summary>A type of the API: its fields, as JSON has them (inlined types flattened) and as protobuf has them (nested).</summary>
sealed class StructSchema(string package, string name)
{
    // Not frozen: there are hundreds of types, and freezing is dear at each start.
    Dictionary<string, FieldSchema> _byName = [];
    Dictionary<int, FieldSchema> _byNumber = [];

    /// <summary>The short name of its API package, such as <c>core</c> or <c>meta</c>.</summary>
    public string Package { get; } = package;

    public string Name { get; } = name;

    /// <summary>Whether it has a kind and an apiVersion.</summary>
    public bool IsObject { get; init; }

    /// <summary>Whether server-side apply owns it as a whole.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>Whether it may have fields that it does not name, of any form.</summary>
    public bool IsOpen { get; init; }

    /// <summary>All fields as JSON has them, in the order in which they are written.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; private set; } = [];

    /// <summary>The types whose fields JSON shows as this type's own, with their numbers in protobuf.</summary>
    public IReadOnlyList<(StructSchema Type, int Number)> Inlined { get; private set; } = [];

    public FieldSchema? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field of a number in protobuf; null where there is none, or where an inlined type has it.</summary>
    public FieldSchema? FindNumber(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The inlined type of a number in protobuf.</summary>
    public StructSchema? FindInlined(int number) => Inlined.FirstOrDefault(i => i.Number == number).Type;

    /// <summary>Sets the fields once, after all types exist: types refer to each other and to themselves.</summary>
    public void Complete(IReadOnlyList<FieldSchema> own, IReadOnlyList<(StructSchema Type, int Number)> inlined)
    {
        Inlined = inlined;
        Fields = [.. inlined.SelectMany(i => i.Type.Fields).Concat(own).Select((f, index) => f with { Index = index })];
        _byName = Fields.ToDictionary(f => f.Name);
        _byNumber = Fields.Skip(Fields.Count - own.Count).ToDictionary(f => f.Number);
    }
}
