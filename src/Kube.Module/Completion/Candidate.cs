using System.Management.Automation;

namespace Kube.Module.Completion;

/// <summary>Something that may stand where Tab was pressed.</summary>
/// <param name="Text">The whole word, without quotes.</param>
/// <param name="ToolTip">What helps to choose.</param>
sealed record Candidate(string Text, string ToolTip)
{
    /// <summary>How it stands in the list of choices, where that is not the whole word.</summary>
    public string? ListItemText { get; init; }

    /// <summary>What it is to the shell.</summary>
    public CompletionResultType Type { get; init; } = CompletionResultType.ParameterValue;
}
