using Kube.Shell.Editing;

namespace Kube.Shell.Tests.Editing;

/// <summary>Keys as tests write them: text as it is, and named ones in angle brackets: <c>&lt;Left&gt;</c>, <c>&lt;C-a&gt;</c>, <c>&lt;A-b&gt;</c>, <c>&lt;S-Tab&gt;</c>.</summary>
static class Keys
{
    public static IEnumerable<ConsoleKeyInfo> Of(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var end = text[index] == '<' ? text.IndexOf('>', index) : -1;
            if (end > index + 1)
            {
                yield return Named(text[(index + 1)..end]);
                index = end;
            }
            else
            {
                yield return new ConsoleKeyInfo(text[index], default, false, false, false);
            }
        }
    }

    public static EditOutcome Press(this EditSession session, string keys)
    {
        var outcome = EditOutcome.None;
        foreach (var key in Of(keys)) outcome = session.Handle(key);
        return outcome;
    }

    static ConsoleKeyInfo Named(string name)
    {
        bool control = false, alt = false, shift = false;
        while (name.Length > 2 && name[1] == '-')
        {
            control |= name[0] == 'C';
            alt |= name[0] == 'A';
            shift |= name[0] == 'S';
            name = name[2..];
        }
        var key = name switch
        {
            "Left" => ConsoleKey.LeftArrow,
            "Right" => ConsoleKey.RightArrow,
            "Up" => ConsoleKey.UpArrow,
            "Down" => ConsoleKey.DownArrow,
            _ when name.Length == 1 && name[0] is >= 'a' and <= 'z' => ConsoleKey.A + (name[0] - 'a'),
            _ => Enum.Parse<ConsoleKey>(name),
        };
        var letter = key switch
        {
            ConsoleKey.Enter => '\r',
            ConsoleKey.Tab => '\t',
            ConsoleKey.Escape => '\e',
            ConsoleKey.Backspace => '\b',
            _ when control && name.Length == 1 => (char)(name[0] & 0x1f),
            _ when name.Length == 1 => name[0],
            _ => '\0',
        };
        return new ConsoleKeyInfo(letter, key, shift, alt, control);
    }
}
