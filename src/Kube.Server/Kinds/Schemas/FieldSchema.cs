using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Schemas;

/// <summary>One field of a type.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Number">Its number in protobuf.</param>
sealed record FieldSchema(string Name, ValueSchema Value, int Number)
{
    /// <summary>Its place among the fields of its type, those of inlined types included.</summary>
    public int Index { get; init; }

    /// <summary>Whether missing and zero are different: a zero is kept.</summary>
    public bool Optional { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether it is written even when it is empty.</summary>
    public bool Emitted { get; init; }

    /// <summary>How a strategic merge patch treats it: <c>merge</c>, <c>retainKeys</c>, both, or neither.</summary>
    public IReadOnlyList<string> PatchStrategies { get; init; } = [];

    /// <summary>The field by which a strategic merge patch tells the items of a list apart; empty for lists of plain values.</summary>
    public string PatchMergeKey { get; init; } = "";

    /// <summary>How server-side apply treats a list: <c>atomic</c>, <c>set</c> or <c>map</c>; empty means atomic.</summary>
    public string ListType { get; init; } = "";

    /// <summary>The fields by which server-side apply tells the items of a list of type <c>map</c> apart.</summary>
    public IReadOnlyList<string> MapKeys { get; init; } = [];

    /// <summary>What it counts as where it is missing and is a key of a list's items; null where it must be there.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Whether server-side apply owns its map or object as a whole.</summary>
    public bool Atomic { get; init; }
}
