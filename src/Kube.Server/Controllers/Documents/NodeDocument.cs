namespace Kube.Server.Controllers.Documents;

/// <summary>Of a node, what scheduling and its life cycle look at.</summary>
sealed record NodeDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public NodeSpec Spec { get; init; } = new();

    public NodeStatus Status { get; init; } = new();

    public Condition? ReadyCondition => Status.Conditions?.FirstOrDefault(c => c.Type == "Ready");
}

sealed record NodeSpec
{
    public bool? Unschedulable { get; init; }

    public IReadOnlyList<Taint>? Taints { get; init; }
}

sealed record NodeStatus
{
    public IReadOnlyList<Condition>? Conditions { get; init; }
}

sealed record Taint
{
    public string Key { get; init; } = "";

    public string? Value { get; init; }

    public string Effect { get; init; } = "";
}
