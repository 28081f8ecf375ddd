namespace Kube.Help.Pages;

/// <summary>The help of one cmdlet. All texts are Markdown.</summary>
sealed record HelpPage(string Name)
{
    /// <summary>One sentence.</summary>
    public string Synopsis { get; init; } = "";

    public string Description { get; init; } = "";

    public string Notes { get; init; } = "";

    public IReadOnlyList<ParameterSet> ParameterSets { get; init; } = [];

    public IReadOnlyList<HelpExample> Examples { get; init; } = [];

    public IReadOnlyList<HelpParameter> Parameters { get; init; } = [];

    /// <summary>What it takes from the pipeline by value.</summary>
    public IReadOnlyList<HelpType> Inputs { get; init; } = [];

    public IReadOnlyList<HelpType> Outputs { get; init; } = [];

    public IReadOnlyList<HelpLink> Links { get; init; } = [];
}
