namespace Kube.Module.Completion;

/// <summary>A selector as far as it is typed: the terms that are whole, and the one at the cursor.</summary>
/// <param name="Head">The whole terms with their last comma, and the space after it.</param>
/// <param name="Tail">The term at the cursor.</param>
sealed record SelectorTerms(string Head, string Tail)
{
    /// <summary>The whole terms as a selector of their own; null where there is none.</summary>
    public string? Whole => Head.TrimEnd(' ', ',') is { Length: > 0 } whole ? whole : null;

    /// <summary>Takes a selector apart at its commas: those in parentheses separate values, not terms.</summary>
    public static SelectorTerms Parse(string typed)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < typed.Length; at++)
        {
            depth += typed[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (typed[at] == ',' && depth == 0) start = at + 1;
        }
        while (start < typed.Length && typed[start] == ' ') start++;
        return new(typed[..start], typed[start..]);
    }
}
