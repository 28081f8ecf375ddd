using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api.Selectors;

/// <summary>A field selector: terms of <c>=</c>, <c>==</c> and <c>!=</c> over the fields that a kind offers.</summary>
sealed class FieldSelector
{
    readonly IReadOnlyList<FieldTerm> _terms;

    internal FieldSelector(IReadOnlyList<FieldTerm> terms) => _terms = terms;

    public static FieldSelector Everything { get; } = new([]);

    public bool IsEverything => _terms.Count == 0;

    /// <summary>The one name that can match, where the selector asks for a name: the list need not look further.</summary>
    public string? Name => _terms.FirstOrDefault(t => t.Equal && ReferenceEquals(t.Field, SelectableField.ObjectName))?.Value;

    /// <param name="name">A name from the URL that must match too, as in a watch of one object.</param>
    /// <exception cref="StatusException">BadRequest: malformed, or a field that the kind does not offer.</exception>
    public static FieldSelector Parse(string text, KindDefinition kind, string name = "")
    {
        var terms = new List<FieldTerm>();
        if (name.Length > 0)
            terms.Add(new FieldTerm(SelectableField.ObjectName, true, name));
        terms.AddRange(FieldSelectorParser.Parse(text, kind));
        return terms.Count == 0 ? Everything : new FieldSelector(terms);
    }

    public bool Matches(StoredObject item)
    {
        foreach (var term in _terms)
        {
            if (string.Equals(FieldValues.Read(item, term.Field), term.Value, StringComparison.Ordinal) != term.Equal)
                return false;
        }

        return true;
    }
}

/// <summary>One condition of a field selector.</summary>
sealed record FieldTerm(SelectableField Field, bool Equal, string Value);
