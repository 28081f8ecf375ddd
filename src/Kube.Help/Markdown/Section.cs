namespace Kube.Help.Markdown;

/// <summary>A heading with what stands under it.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Body">The lines up to the next heading, blank ones at both ends left out.</param>
/// <param name="Sections">The headings one level below.</param>
sealed record Section(string Title, int Line, IReadOnlyList<string> Body, IReadOnlyList<Section> Sections)
{
    /// <summary>The body as one text.</summary>
    public string Text => string.Join('\n', Body);

    /// <summary>Reads a text whose headings begin with one of level 1.</summary>
    /// <param name="lines">All lines.</param>
    /// <param name="start">How many of them to leave out.</param>
    /// <exception cref="MarkdownException">There is not exactly one heading of level 1, a level is left out, or a fence stays open.</exception>
    public static Section Read(IReadOnlyList<string> lines, int start)
    {
        var root = Build(lines, Levels(lines, start), start, lines.Count, 0, "", start);
        if (root.Body.Count > 0) throw new MarkdownException(start + 1, "nothing stands before the heading of level 1");
        return root.Sections.Count == 1 ? root.Sections[0]
            : throw new MarkdownException(root.Sections.ElementAtOrDefault(1)?.Line ?? start + 1, $"there is one heading of level 1, not {root.Sections.Count}");
    }

    /// <summary>The level of each line's heading; 0 where there is none, as in fenced code.</summary>
    static int[] Levels(IReadOnlyList<string> lines, int start)
    {
        var levels = new int[lines.Count];
        var fence = 0;
        for (var i = start; i < lines.Count; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal)) fence = fence == 0 ? i + 1 : 0;
            else if (fence == 0) levels[i] = Level(lines[i]);
        }
        return fence == 0 ? levels : throw new MarkdownException(fence, "this fence is never closed");
    }

    static int Level(string line)
    {
        var level = line.TakeWhile(letter => letter == '#').Count();
        return level > 0 && line.Length > level && line[level] == ' ' ? level : 0;
    }

    static Section Build(IReadOnlyList<string> lines, int[] levels, int start, int end, int level, string title, int heading)
    {
        var next = start;
        while (next < end && levels[next] == 0) next++;
        var body = Trim([.. lines.Skip(start).Take(next - start)]);
        var sections = new List<Section>();
        while (next < end)
        {
            var at = next;
            if (levels[at] != level + 1) throw new MarkdownException(at + 1, $"a heading of level {level + 1} comes before one of level {levels[at]}");
            do next++; while (next < end && (levels[next] == 0 || levels[next] > level + 1));
            sections.Add(Build(lines, levels, at + 1, next, level + 1, lines[at][(level + 1)..].Trim(), at + 1));
        }
        return new Section(title, heading, body, sections);
    }

    static IReadOnlyList<string> Trim(string[] lines)
    {
        var first = Array.FindIndex(lines, line => line.Length > 0);
        return first < 0 ? [] : lines[first..(Array.FindLastIndex(lines, line => line.Length > 0) + 1)];
    }
}
