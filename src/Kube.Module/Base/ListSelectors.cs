namespace Kube.Module.Base;

/// <summary>Selectors on top of selectors.</summary>
static class ListSelectors
{
    /// <summary>Narrows a list further; both sides must fit.</summary>
    public static ListOptions And(this ListOptions options, string? labelSelector, string? fieldSelector) => options with
    {
        LabelSelector = And(options.LabelSelector, labelSelector),
        FieldSelector = And(options.FieldSelector, fieldSelector),
    };

    static string? And(string? one, string? other) => one is null ? other : other is null ? one : one + "," + other;
}
