using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>
/// A set of paths into a document, as a tree: a node is a path, and may be a member itself, lead to members, or both. What combines sets
/// makes new ones, which share what they have in common.
/// </summary>
sealed class FieldSet
{
    const string Self = ".";
    static readonly SortedDictionary<PathElement, FieldSet> None = [];

    SortedDictionary<PathElement, FieldSet> _children = None;

    public bool IsMember { get; private set; }

    public bool IsEmpty => !IsMember && _children.Count == 0;

    public bool HasChildren => _children.Count > 0;

    /// <summary>Reads <c>fieldsV1</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static FieldSet Parse(JsonObject fields)
    {
        var set = new FieldSet();
        foreach (var (name, value) in fields)
        {
            if (name == Self)
            {
                set.IsMember = true;
                continue;
            }

            var child = Parse(value as JsonObject ?? throw new FormatException($"\"{name}\" must hold an object"));
            child.IsMember |= child._children.Count == 0;
            set.Child(PathElement.Parse(name), child);
        }

        return set;
    }

    /// <summary>The set of some paths; each step is a field.</summary>
    public static FieldSet OfFields(params IEnumerable<string[]> paths)
    {
        var set = new FieldSet();
        foreach (var path in paths)
            set.Insert([.. path.Select(PathElement.Field)]);
        return set;
    }

    /// <summary>Writes <c>fieldsV1</c>.</summary>
    public JsonObject ToJson()
    {
        var fields = new JsonObject();
        if (IsMember && HasChildren)
            fields.Add(Self, new JsonObject());
        foreach (var (step, child) in _children)
            fields.Add(step.ToString(), child.ToJson());
        return fields;
    }

    /// <summary>Adds a path to this set, while it is made.</summary>
    public void Insert(IReadOnlyList<PathElement> path)
    {
        var node = this;
        foreach (var step in path)
        {
            if (!node._children.TryGetValue(step, out var next))
                node.Child(step, next = new FieldSet());
            node = next;
        }

        node.IsMember = true;
    }

    /// <summary>What lies below a step; null where nothing does.</summary>
    public FieldSet? Find(PathElement step) => _children.GetValueOrDefault(step);

    public FieldSet Union(FieldSet other)
    {
        var union = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach (var (step, child) in _children)
            union.Child(step, other.Find(step) is { } also ? child.Union(also) : child);
        foreach (var (step, child) in other._children)
        {
            if (Find(step) is null)
                union.Child(step, child);
        }

        return union;
    }

    public FieldSet Intersection(FieldSet other) => Combine(IsMember && other.IsMember, (step, child) => other.Find(step) is { } also ? child.Intersection(also) : null);

    /// <summary>The members that are no members of another set. What lies below a common member stays.</summary>
    public FieldSet Difference(FieldSet other) => Combine(IsMember && !other.IsMember, (step, child) => other.Find(step) is { } also ? child.Difference(also) : child);

    /// <summary>The members that are neither members of another set nor lie below one.</summary>
    public FieldSet Outside(FieldSet other) => other.IsMember
        ? new FieldSet()
        : Combine(IsMember, (step, child) => other.Find(step) is { } also ? child.Outside(also) : child);

    /// <summary>The paths that begin with certain fields.</summary>
    public FieldSet Within(Predicate<string> fields) => Combine(IsMember, (step, child) => step.IsField && fields(step.Text) ? child : null);

    /// <summary>This set and, as members, the fields on the way to its members that the type declares.</summary>
    public FieldSet WithNamedFields(FieldType type)
    {
        var set = new FieldSet { IsMember = IsMember };
        foreach (var (step, child) in _children)
        {
            var (inner, declared) = step.IsField ? type.Field(step.Text) : (type.Item, false);
            var copy = child.WithNamedFields(inner);
            copy.IsMember |= declared;
            set.Child(step, copy);
        }

        return set;
    }

    /// <summary>This set where the type may have changed since it was written: what is owned as a whole now is a member, instead of what lies below it.</summary>
    public FieldSet Fitted(FieldType type)
    {
        var set = new FieldSet { IsMember = IsMember };
        var isOld = false;
        foreach (var (step, child) in _children)
        {
            var inner = step.IsField ? type.Field(step.Text).Type : type.Item;
            var fitted = !child.HasChildren ? child : inner.IsAtomic ? new FieldSet { IsMember = true } : child.Fitted(inner);
            isOld |= !ReferenceEquals(fitted, child);
            set.Child(step, fitted);
        }

        return isOld ? set : this;
    }

    public bool SetEquals(FieldSet other) =>
        IsMember == other.IsMember && _children.Count == other._children.Count && _children.All(c => other.Find(c.Key) is { } also && c.Value.SetEquals(also));

    /// <summary>The members as people read them: <c>.spec.containers[name="web"].image</c>.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (IsMember && prefix.Length > 0)
            yield return prefix;
        foreach (var (step, child) in _children)
        {
            foreach (var path in child.Paths(prefix + step.Display()))
                yield return path;
        }
    }

    FieldSet Combine(bool member, Func<PathElement, FieldSet, FieldSet?> choose)
    {
        var set = new FieldSet { IsMember = member };
        foreach (var (step, child) in _children)
        {
            if (choose(step, child) is { IsEmpty: false } chosen)
                set.Child(step, chosen);
        }

        return set;
    }

    void Child(PathElement step, FieldSet child)
    {
        if (ReferenceEquals(_children, None))
            _children = [];
        _children[step] = child;
    }
}
