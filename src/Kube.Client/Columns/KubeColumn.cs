namespace Kube;

/// <summary>A column in which a server prints the objects of a kind (a column definition of a <c>Table</c>).</summary>
/// <param name="Name">Its name, such as <c>Replicas</c>.</param>
/// <param name="Type">An OpenAPI type: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>; or <c>date</c>. Tables of Kubernetes' own kinds say <c>string</c> of nearly everything.</param>
/// <param name="Priority">0 for what a table shows; more for what a wide one shows too.</param>
/// <param name="Description">What the server says of it.</param>
public sealed record KubeColumn(string Name, string Type, int Priority, string Description)
{
    /// <summary>What it is called as a property, as PowerShell writes them: <c>UpToDate</c> of <c>Up-to-date</c>. A column Status is <c>State</c>, as <c>Status</c> is always the document's.</summary>
    public string PropertyName { get; } = PropertyOf(Name);

    static string PropertyOf(string column)
    {
        var words = new string([.. column.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return name.Equals("Status", StringComparison.OrdinalIgnoreCase) ? "State" : name;
    }
}
