using Kube.Manifests;
using YamlDotNet.Core;

namespace Kube.Yaml.Reading;

/// <summary>What the parser says, with what was expected in its place; the mistakes that people make most have words of their own.</summary>
static class SyntaxFault
{
    public static ManifestException Of(YamlException e, string text)
    {
        var place = Places.Of(e.Start);
        if (e.Message.Contains(" tab ", StringComparison.Ordinal) || CharacterAt(text, place) == '\t')
            return Fault.At(Tab(text, place.Line) ?? place, "a tab is part of the indentation; expected spaces", e);
        var saying = e.Message.TrimEnd('.');
        return Fault.At(place, $"this is no YAML: {char.ToLowerInvariant(saying[0])}{saying[1..]}; {Expected(saying, CharacterAt(text, place))}", e);
    }

    static string Expected(string saying, char at) => at switch
    {
        '@' or '`' or '%' when saying.Contains("cannot start", StringComparison.Ordinal) => $"expected quotes around a value that starts with {at}",
        _ when saying.Contains("incompatible", StringComparison.Ordinal) => "expected version 1.1 or 1.2",
        _ when saying.Contains("quoted scalar, found unexpected end", StringComparison.Ordinal) || saying.Contains("quoted scalar, found wrong indentation", StringComparison.Ordinal) => "expected the closing quote",
        _ when saying.Contains("invalid mapping", StringComparison.Ordinal) => "expected one key in a line, and quotes around a value that holds a colon and a blank",
        _ when saying.Contains("bracket is still open", StringComparison.Ordinal) => "expected the one that closes it",
        _ when saying.Contains("escape", StringComparison.Ordinal) || saying.Contains("surrogate", StringComparison.Ordinal) => "expected one that YAML knows, or single quotes",
        _ when saying.Contains("expected", StringComparison.Ordinal) => "see the indentation of this line and of the one before",
        _ => "expected a key, a value or a list item",
    };

    static char CharacterAt(string text, Place place)
    {
        var line = Lines(text).ElementAtOrDefault(place.Line - 1);
        return line is not null && place.Column <= line.Length ? line[place.Column - 1] : '\0';
    }

    /// <summary>The first tab in an indentation, from the line before the one that the parser names.</summary>
    static Place? Tab(string text, int from) => Lines(text)
        .Select((line, i) => (Line: i + 1, Indentation: line[..^line.TrimStart(' ', '\t').Length]))
        .Where(l => l.Line >= from && l.Indentation.Contains('\t'))
        .Select(l => (Place?)new Place(l.Line, l.Indentation.IndexOf('\t') + 1))
        .FirstOrDefault();

    static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}
