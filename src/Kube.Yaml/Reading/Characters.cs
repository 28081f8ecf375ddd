namespace Kube.Yaml.Reading;

/// <summary>The characters that YAML allows in a stream (YAML 1.1, 5.1); the parser itself lets the others through.</summary>
static class Characters
{
    /// <summary>Refuses the first character that cannot be in a YAML stream.</summary>
    public static void Check(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsPrintable(c) || c is '\t' or '\n' or '\r')
                continue;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else
                throw Fault.At(PlaceOf(text, i), $"the character U+{(int)c:X4} cannot be in YAML; expected text, with an escape in double quotes for such a character");
        }
    }

    /// <summary>Visible, or a blank other than tab and line feed.</summary>
    public static bool IsPrintable(char c) =>
        c is (>= ' ' and <= '~') or '\u0085' or (>= '\u00a0' and <= '\ud7ff') or (>= '\ue000' and <= '\ufffd');

    static Place PlaceOf(string text, int index)
    {
        var before = text.AsSpan(0, index);
        var line = 1 + before.Count('\n') + before.Count('\r') - before.Count("\r\n");
        return new(line, index - before.LastIndexOfAny('\n', '\r'));
    }
}
