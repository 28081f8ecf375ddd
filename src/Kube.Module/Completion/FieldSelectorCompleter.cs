using System.Text.RegularExpressions;

namespace Kube.Module.Completion;

/// <summary>Field selectors, term by term: the fields that the kind can be selected by, and after an operator the values that the objects meant have.</summary>
public sealed partial class FieldSelectorCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var api = command.Connect();
        var terms = SelectorTerms.Parse(word);
        var query = command.Objects.GetQuery(api);
        if (Term().Match(terms.Tail) is not { Success: true } term)
            return SelectableFields.Of(query.Resource).Select(field => new Candidate($"{terms.Head}{field}=", $"{query.Resource.Kind}: {field}") { ListItemText = field });

        if (terms.Whole is { } whole) query = query with { Options = query.Options with { FieldSelector = whole } };
        var path = term.Groups["field"].Value.Split('.');
        return (await RecentObjects.FindAsync(api, query, cancel).ConfigureAwait(false))
            .GroupBy(item => Read(item, path))
            .Where(value => value.Key.Length > 0)
            .OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => new Candidate(terms.Head + term.Groups["typed"].Value + value.Key, $"{value.Count()} of them") { ListItemText = value.Key });
    }

    static string Read(KubeObject item, string[] path)
    {
        var map = item.GetDocument();
        foreach (var key in path[..^1])
        {
            if (map.GetMap(key) is not { } inner) return "";
            map = inner;
        }
        return map[path[^1]] switch
        {
            string text => text,
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        };
    }

    /// <summary><c>field=</c>, <c>field==</c> or <c>field!=</c> and part of a value.</summary>
    [GeneratedRegex(@"^(?<typed>(?<field>[^\s!=,]+)(=|==|!=))[^=]*$")]
    private static partial Regex Term();
}
