namespace Kube.Module.Base;

/// <summary>What somebody may have meant who has mistyped a name. Pure.</summary>
static class Spelling
{
    const int Most = 3;

    /// <summary>A question that names those of the names that are much like the word, the most like first; null where none is.</summary>
    public static string? Ask(string word, IEnumerable<string> names)
    {
        var like = Like(word, names).Take(Most).Select(name => $"'{name}'").ToArray();
        return like.Length == 0 ? null : $"Did you mean {string.Join(" or ", like)}?";
    }

    /// <summary>Those that one slip for every three letters, two at the most, turns into the word, or that begin or end with it; in any case.</summary>
    public static IEnumerable<string> Like(string word, IEnumerable<string> names)
    {
        var allowed = Math.Min(2, word.Length / 3);
        return names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(name => name.Distance <= allowed || (word.Length >= 3 && (name.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || name.Name.EndsWith(word, StringComparison.OrdinalIgnoreCase))))
            .OrderBy(name => name.Distance).ThenBy(name => name.Name, StringComparer.Ordinal)
            .Select(name => name.Name);
    }

    /// <summary>How many letters are missing, too many, wrong or changed with their neighbour.</summary>
    static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
