using System.Text;

namespace Kube.Manifests;

/// <summary>From bytes to text, and from text to documents: JSON, several of them, or YAML.</summary>
static class ManifestText
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8, or UTF-16 where a byte-order mark says so.</summary>
    /// <exception cref="ManifestException">It is another encoding, or not text at all.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xff, 0xfe, 0, 0, ..] or [0, 0, 0xfe, 0xff, ..])
            throw new ManifestException("the text is UTF-32; expected UTF-8");
        Encoding encoding = bytes switch
        {
            [0xff, 0xfe, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xfe, 0xff, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => Utf8,
        };
        if (encoding == Utf8 && bytes.Contains((byte)0))
            throw new ManifestException("there are zero bytes in it, as in UTF-16 without a byte-order mark, or in a file that is no text; expected UTF-8");
        try
        {
            return encoding.GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException e)
        {
            var before = Math.Clamp(e.Index, 0, bytes.Length);
            var line = 1 + bytes[..before].Count((byte)'\n');
            throw new ManifestException($"the bytes near line {line} are no {(encoding == Utf8 ? "UTF-8" : "UTF-16")}; expected UTF-8, or UTF-16 with a byte-order mark", e);
        }
    }

    /// <summary>The documents of a text, empty ones left out; at least one.</summary>
    /// <param name="text">JSON or YAML.</param>
    /// <param name="advice">What to say beside it, should the text be a web page.</param>
    /// <exception cref="ManifestException">It is neither JSON nor YAML, or there is nothing in it.</exception>
    public static IReadOnlyList<YamlDocument> Documents(string text, string? advice = null)
    {
        text = text.TrimStart('\ufeff');
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty)
            throw new ManifestException("there is nothing in it; expected a manifest in YAML or JSON");
        if (start is ['<', '!' or '?' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..])
            throw new ManifestException($"this is {Markup(start)}; expected a manifest in YAML or JSON" + (advice is null ? "" : $" ({advice})"));
        var documents = start[0] is '{' or '[' ? JsonOrYaml(text, start) : YamlProvider.Current.ToJson(text);
        return documents.Count > 0 ? documents : throw new ManifestException("there are only comments or empty documents in it; expected a manifest in YAML or JSON");
    }

    /// <summary>A brace opens JSON, and a flow map of YAML too: what JSON refuses may be the other.</summary>
    static IReadOnlyList<YamlDocument> JsonOrYaml(string text, ReadOnlySpan<char> start)
    {
        var meantAsJson = start[0] == '[' || start[1..].TrimStart() is ['"' or '}', ..];
        ManifestException fault;
        try
        {
            return JsonDocuments.Read(text);
        }
        catch (ManifestException e)
        {
            fault = e;
        }
        try
        {
            return YamlProvider.Current.ToJson(text);
        }
        catch (ManifestException) when (meantAsJson)
        {
            throw fault;
        }
    }

    static string Markup(ReadOnlySpan<char> start)
    {
        var head = start[..Math.Min(start.Length, 1000)];
        return head.Contains("<html", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            ? "an HTML page"
            : "HTML or XML";
    }
}
