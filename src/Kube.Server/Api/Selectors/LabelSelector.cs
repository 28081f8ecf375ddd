namespace Kube.Server.Api.Selectors;

/// <summary>A label selector, whole: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k,l&gt;1</c>.</summary>
sealed class LabelSelector(IReadOnlyList<LabelRequirement> requirements)
{
    public static LabelSelector Everything { get; } = new([]);

    public bool IsEverything => requirements.Count == 0;

    /// <exception cref="StatusException">BadRequest, with what was found and what was expected.</exception>
    public static LabelSelector Parse(string text) =>
        string.IsNullOrWhiteSpace(text) ? Everything : new LabelSelector(new LabelSelectorParser(text).Parse());

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var requirement in requirements)
        {
            if (!requirement.Matches(labels))
                return false;
        }

        return true;
    }
}
