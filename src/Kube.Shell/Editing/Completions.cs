namespace Kube.Shell.Editing;

/// <summary>What may stand at a place of the text.</summary>
/// <param name="Start">Where the part begins that each of them replaces.</param>
/// <param name="Length">That part's length.</param>
/// <param name="Matches">What may stand there, in the order to offer them.</param>
sealed record Completions(int Start, int Length, IReadOnlyList<Completion> Matches)
{
    public static Completions None { get; } = new(0, 0, []);

    /// <summary>What all begin with, in the first one's letters; empty when that is not more of what is typed.</summary>
    public string CommonStart(string typed)
    {
        var common = Matches[0].Text;
        foreach (var match in Matches.Skip(1))
        {
            var length = 0;
            while (length < common.Length && length < match.Text.Length && char.ToUpperInvariant(common[length]) == char.ToUpperInvariant(match.Text[length])) length++;
            common = common[..length];
        }
        return common.Length > typed.Length && common.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? common : "";
    }
}

/// <summary>One completion.</summary>
/// <param name="Text">What goes into the line.</param>
/// <param name="Shown">What a list shows.</param>
sealed record Completion(string Text, string Shown);
