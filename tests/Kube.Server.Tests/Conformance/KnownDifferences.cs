using System.Text.RegularExpressions;

namespace Kube.Server.Tests.Conformance;

/// <summary>The table of docs/server.md that says in what this server differs from a real one: kind, field, and which is right.</summary>
sealed class KnownDifferences
{
    readonly List<(string Kind, Regex Field, string Row)> _rows = [];
    readonly HashSet<string> _seen = [];

    KnownDifferences(string kind, string document)
    {
        foreach (Match row in Regex.Matches(document, @"^\| (?<kinds>[\w, ]+) \| `(?<field>[^`]+)` \| .+ \|$", RegexOptions.Multiline))
        {
            if (row.Groups["kinds"].Value.Split(", ").Contains(kind))
                _rows.Add((kind, new Regex("^" + Regex.Escape(row.Groups["field"].Value).Replace(@"\*", ".*") + "$"), row.Value));
        }
    }

    /// <summary>Rows of the table that nothing met.</summary>
    public IEnumerable<string> Unmet => _rows.Select(r => r.Row).Where(row => !_seen.Contains(row));

    public static KnownDifferences Of(string kind)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "server.md")))
            folder = folder.Parent ?? throw new InvalidOperationException("docs/server.md is nowhere above the tests");
        return new KnownDifferences(kind, File.ReadAllText(Path.Combine(folder.FullName, "docs", "server.md")).ReplaceLineEndings("\n"));
    }

    public bool Covers(string field)
    {
        var rows = _rows.Where(r => r.Field.IsMatch(field)).Select(r => r.Row).ToList();
        _seen.UnionWith(rows);
        return rows.Count > 0;
    }
}
