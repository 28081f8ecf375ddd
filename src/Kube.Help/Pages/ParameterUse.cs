namespace Kube.Help.Pages;

/// <summary>What a parameter is in one or several parameter sets.</summary>
sealed record ParameterUse(string Type)
{
    /// <summary>How platyPS writes that a parameter is in every set.</summary>
    public const string AllSets = "(All)";

    /// <summary>Names of sets, in order, joined by commas; or <see cref="AllSets"/>.</summary>
    public string Sets { get; init; } = AllSets;

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The only values that it takes; empty: any.</summary>
    public IReadOnlyList<string> AcceptedValues { get; init; } = [];

    public bool Required { get; init; }

    /// <summary>Null: it is given by name alone.</summary>
    public int? Position { get; init; }

    public string Default { get; init; } = "None";

    public bool ByValue { get; init; }

    public bool ByPropertyName { get; init; }

    public bool Wildcards { get; init; }

    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>How platyPS and MAML write where it comes from.</summary>
    public string PipelineInput => (ByPropertyName, ByValue) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByPropertyName)",
        (false, true) => "True (ByValue)",
        _ => "False",
    };

    public bool IsIn(ParameterSet set) => Sets == AllSets || Sets.Split(", ").Contains(set.Name);
}
