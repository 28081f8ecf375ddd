using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>The paths at which two documents of a type differ.</summary>
sealed class FieldComparison
{
    readonly FieldSet _added = new();
    readonly FieldSet _modified = new();
    readonly FieldSet _removed = new();
    readonly List<PathElement> _path = [];

    FieldComparison()
    {
    }

    /// <summary>What the second has and the first has not or has otherwise.</summary>
    public FieldSet Taken { get; private init; } = new();

    /// <summary>What the first has and the second has not.</summary>
    public FieldSet Removed { get; private init; } = new();

    public bool IsEmpty => Taken.IsEmpty && Removed.IsEmpty;

    /// <param name="counts">Says of each field of the document whether its changes count.</param>
    public static FieldComparison Of(FieldType type, JsonObject before, JsonObject after, Predicate<string> counts)
    {
        var walk = new FieldComparison();
        walk.VisitFields(type, DocumentPart.Of(before), DocumentPart.Of(after), counts);
        return new FieldComparison { Taken = walk._added.Union(walk._modified), Removed = walk._removed };
    }

    void Visit(FieldType type, DocumentPart before, DocumentPart after)
    {
        if (!before.Present && !after.Present)
            return;
        // An empty map and none at all are different, which shows only if it is looked at as a whole.
        var shape = before.IsBare && after.IsBare ? FieldShape.Whole : type.Shape(before.Value, after.Value);
        var apart = shape switch
        {
            FieldShape.Fields => VisitFields(type, before, after, static _ => true),
            FieldShape.Items => VisitItems(type, before, after),
            _ => false,
        };
        if (!before.Present)
            _added.Insert(_path);
        else if (!after.Present)
            _removed.Insert(_path);
        else if (!apart && !JsonNode.DeepEquals(before.Value, after.Value))
            _modified.Insert(_path);
    }

    bool VisitFields(FieldType type, DocumentPart before, DocumentPart after, Predicate<string> counts)
    {
        var (one, other) = (before.Value as JsonObject ?? [], after.Value as JsonObject ?? []);
        foreach (var (name, _) in one)
            VisitField(name);
        foreach (var (name, _) in other)
        {
            if (!one.ContainsKey(name))
                VisitField(name);
        }

        return true;

        void VisitField(string name)
        {
            if (!counts(name))
                return;
            var (inner, _) = type.Field(name);
            _path.Add(PathElement.Field(name));
            Visit(inner, before.Field(name, inner), after.Field(name, inner));
            _path.RemoveAt(_path.Count - 1);
        }
    }

    // False: the items cannot be told apart, so the list counts as a whole.
    bool VisitItems(FieldType type, DocumentPart before, DocumentPart after)
    {
        if (ListItems.Read(type, before.Value as JsonArray) is not { } one || ListItems.Read(type, after.Value as JsonArray) is not { } other)
            return false;
        foreach (var step in one.Steps.Concat(other.Steps).Distinct())
        {
            _path.Add(step);
            if (one.At(step).Count > 1 || other.At(step).Count > 1)
                CompareTwins(one.At(step), other.At(step));
            else
                Visit(type.Item, one.Single(step), other.Single(step));
            _path.RemoveAt(_path.Count - 1);
        }

        return true;
    }

    void CompareTwins(IReadOnlyList<JsonNode?> before, IReadOnlyList<JsonNode?> after)
    {
        if (before.Count == 0)
            _added.Insert(_path);
        else if (after.Count == 0)
            _removed.Insert(_path);
        else if (before.Count != after.Count || before.Zip(after).Any(pair => !JsonNode.DeepEquals(pair.First, pair.Second)))
            _modified.Insert(_path);
    }
}
