namespace Kube.Server.Hosting;

/// <summary>Splits a flag's list of regular expressions at its commas, but not at those within brackets: <c>[0-9]{1,5}</c> is one piece.</summary>
static class PatternList
{
    public static IEnumerable<string> Split(string list)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < list.Length; i++)
            switch (list[i])
            {
                case '\\': i++; break;
                case '(' or '[' or '{': depth++; break;
                case ')' or ']' or '}': depth--; break;
                case ',' when depth <= 0:
                    yield return list[start..i].Trim();
                    start = i + 1;
                    break;
            }
        yield return list[start..].Trim();
    }
}
