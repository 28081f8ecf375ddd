using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>The items of a list by the steps that lead to them, in their order. A step that several items share leads to all of them.</summary>
sealed class ListItems
{
    readonly Dictionary<PathElement, List<JsonNode?>> _byStep = [];

    ListItems(IReadOnlyList<PathElement> steps) => Steps = steps;

    /// <summary>The step of each item.</summary>
    public IReadOnlyList<PathElement> Steps { get; }

    /// <summary>Null where an item has no step, as it lacks a key.</summary>
    public static ListItems? Read(FieldType type, JsonArray? list)
    {
        var steps = new PathElement[list?.Count ?? 0];
        var items = new ListItems(steps);
        for (var i = 0; i < steps.Length; i++)
        {
            if (type.Step(list![i]) is not { } step)
                return null;
            steps[i] = step;
            if (!items._byStep.TryGetValue(step, out var same))
                items._byStep[step] = same = [];
            same.Add(list[i]);
        }

        return items;
    }

    public bool Has(PathElement step) => _byStep.ContainsKey(step);

    public IReadOnlyList<JsonNode?> At(PathElement step) => _byStep.TryGetValue(step, out var items) ? items : [];

    /// <summary>The item of a step that leads to one alone.</summary>
    public DocumentPart Single(PathElement step) => At(step) is [var item] ? new DocumentPart(true, item) : default;
}

/// <summary>A part of a document that may be missing, which is not the same as being null.</summary>
readonly record struct DocumentPart(bool Present, JsonNode? Value)
{
    public static DocumentPart Of(JsonNode? value) => new(true, value);

    public DocumentPart Field(string name, FieldType type)
    {
        if (Value is JsonObject map && map.TryGetPropertyValue(name, out var value))
            return new DocumentPart(true, value);
        return new DocumentPart(Present && type.IsAlwaysThere, null);
    }

    /// <summary>Whether it holds no field and no item.</summary>
    public bool IsBare => Value is null or JsonObject { Count: 0 } or JsonArray { Count: 0 };
}
