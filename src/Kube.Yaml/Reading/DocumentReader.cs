using System.Text.RegularExpressions;
using Kube.Manifests;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kube.Yaml.Reading;

/// <summary>A stream of documents, read whole; those that are empty or null are left out, as kubectl leaves them out.</summary>
static partial class DocumentReader
{
    public static IReadOnlyList<YamlDocument> Read(string text)
    {
        var documents = new List<YamlDocument>();
        // The last line has its end, as in kubectl, or a block at the end of a text would lose its own.
        text = ByteOrderMark().Replace(text, "") + (text.EndsWith('\n') ? "" : "\n");
        try
        {
            Characters.Check(text);
            var parser = new GuardedParser(text);
            var budget = new ExpansionBudget();
            parser.MoveNext();
            while (parser.MoveNext() && parser.Current is DocumentStart)
            {
                parser.MoveNext();
                var root = new Composer(parser, budget).Node();
                var json = JsonEmitter.Emit(root, budget);
                if (!json.Span.SequenceEqual("null"u8))
                    documents.Add(Document(root, json));
            }
            return documents;
        }
        catch (YamlException e)
        {
            throw Fault.In(documents.Count + 1, SyntaxFault.Of(e, text));
        }
        catch (ManifestException e)
        {
            throw Fault.In(documents.Count + 1, e);
        }
    }

    static YamlDocument Document(YamlNode root, ReadOnlyMemory<byte> json)
    {
        var places = new Lazy<Dictionary<string, (int, int)>>(() => Places.Map(root));
        return new(json, root.Place.Line, path => places.Value.TryGetValue(path, out var place) ? place : null);
    }

    /// <summary>At the start, and where files were put one after the other: behind a line of dashes or before one.</summary>
    [GeneratedRegex(@"^\ufeff|(?<=(\n|^)---[^\n]*\n)\ufeff|(?<=\n)\ufeff(?=---)", RegexOptions.CultureInvariant)]
    private static partial Regex ByteOrderMark();
}
