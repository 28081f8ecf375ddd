using System.Text.RegularExpressions;

namespace Kube.Module.Completion;

/// <summary>Label selectors, term by term: the keys, and after an operator the values, that the objects meant have.</summary>
public sealed partial class LabelSelectorCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var api = command.Connect();
        var terms = SelectorTerms.Parse(word);
        var query = command.Objects.GetQuery(api);
        // The terms that are whole narrow the rest.
        if (terms.Whole is { } whole) query = query with { Options = query.Options with { LabelSelector = whole } };
        var labels = (await RecentObjects.FindAsync(api, query, cancel).ConfigureAwait(false)).SelectMany(item => item.Labels.Select(label => (label.Key, label.Value, Item: item.ToString()))).ToArray();

        if (SetTerm().Match(terms.Tail) is { Success: true } set)
        {
            return labels.Where(label => label.Key == set.Groups["key"].Value)
                .GroupBy(label => label.Value)
                .Select(value => new Candidate($"{terms.Head}{set.Groups["typed"].Value}{value.Key})", Count(value.Select(label => label.Item))) { ListItemText = ItemText(value.Key) });
        }
        if (EqualityTerm().Match(terms.Tail) is { Success: true } equality)
        {
            return labels.Where(label => label.Key == equality.Groups["key"].Value)
                .GroupBy(label => label.Value)
                .OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => new Candidate(terms.Head + equality.Groups["typed"].Value + value.Key, Count(value.Select(label => label.Item))) { ListItemText = ItemText(value.Key) });
        }
        var (not, operation) = terms.Tail.StartsWith('!') ? ("!", "") : ("", "=");
        return labels.GroupBy(label => label.Key)
            .OrderBy(key => key.Key, StringComparer.Ordinal)
            .Select(key => new Candidate($"{terms.Head}{not}{key.Key}{operation}", "values: " + string.Join(", ", key.Select(label => label.Value).Distinct().Order(StringComparer.Ordinal).Take(10))) { ListItemText = key.Key });
    }

    /// <summary>An empty value is a value, and the list of choices shows no empty line.</summary>
    static string ItemText(string value) => value.Length > 0 ? value : "(empty)";

    static string Count(IEnumerable<string> items)
    {
        var all = items.ToArray();
        return string.Join(", ", all.Take(3)) + (all.Length > 3 ? $" and {all.Length - 3} more" : "");
    }

    /// <summary><c>key=</c>, <c>key==</c> or <c>key!=</c> and part of a value.</summary>
    [GeneratedRegex(@"^(?<typed>\s*(?<key>[^\s!=,()]+)\s*(=|==|!=)\s*)[^=]*$")]
    private static partial Regex EqualityTerm();

    /// <summary><c>key in (</c> or <c>key notin (</c>, whole values and part of one.</summary>
    [GeneratedRegex(@"^(?<typed>\s*(?<key>[^\s!=,()]+)\s+(in|notin)\s*\(([^,()]*,)*\s*)[^,()]*$")]
    private static partial Regex SetTerm();
}
