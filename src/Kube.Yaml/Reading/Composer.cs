using Kube.Manifests;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kube.Yaml.Reading;

/// <summary>Builds one document's nodes from the parser's events: anchors, merges, keys.</summary>
sealed class Composer(IParser parser, ExpansionBudget budget)
{
    /// <summary>Deeper than any manifest, and far from the end of a thread's stack.</summary>
    public const int MaxDepth = 512;

    readonly Dictionary<string, YamlNode?> _anchors = [];

    /// <summary>Reads the node at which the parser stands, and moves behind it.</summary>
    public YamlNode Node(int depth = 0)
    {
        var place = Here();
        if (depth > MaxDepth)
            throw Fault.At(place, $"nested deeper than {MaxDepth} levels");
        if (parser.Current is AnchorAlias alias)
        {
            parser.MoveNext();
            return new AliasNode(place, Anchored(alias.Value.Value, place));
        }
        var anchor = parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        if (anchor is not null)
            _anchors[anchor] = null;
        YamlNode node = parser.Current switch
        {
            Scalar scalar => Scalar(scalar, place),
            SequenceStart => Sequence(place, depth),
            MappingStart => Mapping(place, depth),
            _ => throw Fault.At(place, "a key has no value; expected one, or nothing but a colon behind the key"),
        };
        if (anchor is not null)
            _anchors[anchor] = node;
        return node;
    }

    ScalarNode Scalar(Scalar scalar, Place place)
    {
        CheckColon(scalar, place);
        parser.MoveNext();
        return new(place, TagResolver.Resolve(scalar.Value, scalar.Style == ScalarStyle.Plain, Tag(scalar), place));
    }

    SequenceNode Sequence(Place place, int depth)
    {
        parser.MoveNext();
        var items = new List<YamlNode>();
        while (parser.Current is not SequenceEnd)
            items.Add(Node(depth + 1));
        parser.MoveNext();
        return new(place, items);
    }

    MappingNode Mapping(Place place, int depth)
    {
        parser.MoveNext();
        var entries = new MappingBuilder(budget);
        while (parser.Current is not MappingEnd)
        {
            var at = Here();
            if (parser.Current is Scalar { Value: "<<" } merge && (merge.Style == ScalarStyle.Plain && merge.Tag.IsEmpty || Tag(merge) == "tag:yaml.org,2002:merge"))
            {
                parser.MoveNext();
                entries.Merge(Node(depth + 1));
                continue;
            }
            entries.Add(Key(at), at, Node(depth + 1));
        }
        parser.MoveNext();
        return new(place, entries.Build());
    }

    string Key(Place at)
    {
        switch (parser.Current)
        {
            case Scalar scalar:
                CheckColon(scalar, at);
                parser.MoveNext();
                var key = TagResolver.Key(scalar.Value, scalar.Style == ScalarStyle.Plain, Tag(scalar), at);
                if (!scalar.Anchor.IsEmpty)
                    _anchors[scalar.Anchor.Value] = new ScalarNode(at, JsonScalar.Of(key));
                return key;
            case AnchorAlias alias:
                parser.MoveNext();
                return Anchored(alias.Value.Value, at) is ScalarNode { Value.Kind: not ScalarKind.Null } target
                    ? target.Value.Text
                    : throw NotAKey(at);
            default:
                throw NotAKey(at);
        }
    }

    static ManifestException NotAKey(Place at) => Fault.At(at, "the key of a map is a list, a map or null; expected a string");

    /// <summary>No plain scalar holds a colon that ends a key; where YamlDotNet says so, it has overlooked one, as in <c>a *b: c</c>.</summary>
    static void CheckColon(Scalar scalar, Place place)
    {
        if (scalar.Style == ScalarStyle.Plain && (scalar.Value.Contains(": ", StringComparison.Ordinal) || scalar.Value.EndsWith(':')))
            throw Fault.At(place, "a key or a value that holds an asterisk and a colon; expected quotes around it");
    }

    YamlNode Anchored(string name, Place place)
    {
        if (!_anchors.TryGetValue(name, out var node))
            throw Fault.At(place, $"the alias *{name} has no anchor; expected &{name} on a node before it");
        return node ?? throw Fault.At(place, $"the anchor &{name} contains itself; expected an alias of a node that ends before it");
    }

    static string? Tag(Scalar scalar) => scalar.Tag.IsEmpty ? null : scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;

    Place Here() => Places.Of(parser.Current!.Start);
}
