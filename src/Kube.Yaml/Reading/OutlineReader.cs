using Kube.Manifests;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kube.Yaml.Reading;

/// <summary>Tells where the nodes of a document stand in its text. What they mean is <see cref="DocumentReader"/>'s concern.</summary>
sealed class OutlineReader
{
    readonly GuardedParser _parser;
    readonly string _text;

    OutlineReader(string text) => (_text, _parser) = (text, new GuardedParser(text.EndsWith('\n') ? text : text + "\n"));

    public static TextNode? Read(string text)
    {
        var reader = new OutlineReader(text);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            throw SyntaxFault.Of(e, text);
        }
    }

    TextNode? Document()
    {
        _parser.MoveNext();
        if (!_parser.MoveNext() || _parser.Current is not DocumentStart) return null;
        _parser.MoveNext();
        var root = Node(0, isFlow: false);
        _parser.MoveNext();
        if (_parser.Current is DocumentStart { Start: var second }) throw Fault.At(Places.Of(second), "a second document; expected one");
        return root;
    }

    TextNode Node(int depth, bool isFlow)
    {
        var at = _parser.Current!;
        if (depth > Composer.MaxDepth) throw Fault.At(Places.Of(at.Start), $"nested deeper than {Composer.MaxDepth} levels");
        _parser.MoveNext();
        var start = Index(at.Start);
        return at switch
        {
            SequenceStart sequence => Sequence(start, sequence.Style == SequenceStyle.Flow, depth),
            MappingStart mapping => Mapping(start, mapping.Style == MappingStyle.Flow, depth),
            // The end of a block of text is told with the line breaks behind it.
            _ => new TextScalar(start, start + _text.AsSpan(start, Math.Max(0, Index(at.End) - start)).TrimEnd().Length, isFlow),
        };
    }

    TextList Sequence(int start, bool isFlow, int depth)
    {
        var items = new List<TextNode>();
        while (_parser.Current is not SequenceEnd) items.Add(Node(depth + 1, isFlow));
        return new(start, End(isFlow, items.Count > 0 ? items[^1] : null), isFlow, items);
    }

    TextMapping Mapping(int start, bool isFlow, int depth)
    {
        var entries = new List<TextEntry>();
        while (_parser.Current is not MappingEnd)
        {
            var name = _parser.Current is Scalar scalar ? scalar.Value : "";
            var key = Node(depth + 1, isFlow);
            entries.Add(new(name, key, Node(depth + 1, isFlow)));
        }
        return new(start, End(isFlow, entries.Count > 0 ? entries[^1].Value : null), isFlow, entries);
    }

    /// <summary>A block has no end of its own: the parser notices it only at what comes next. A bracket is told by its start alone.</summary>
    int End(bool isFlow, TextNode? last)
    {
        var end = Index(_parser.Current!.Start);
        _parser.MoveNext();
        return isFlow ? _text.AsSpan(end).IndexOfAny('}', ']') + end + 1 : last?.End ?? end;
    }

    int Index(Mark mark) => (int)Math.Min(mark.Index, _text.Length);
}
