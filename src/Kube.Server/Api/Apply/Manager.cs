namespace Kube.Server.Api.Apply;

/// <summary>Who changed an object, and by which kind of request.</summary>
/// <param name="Name">The client's name for itself.</param>
/// <param name="Subresource">The subresource by which the change came; empty for the object itself.</param>
sealed record Manager(string Name, ManagerOperation Operation, string ApiVersion, string Subresource)
{
    /// <summary>Whether both are one: what is applied counts as the same manager's in whatever version it comes.</summary>
    public bool Is(Manager other) => Operation == ManagerOperation.Apply
        ? this with { ApiVersion = "" } == other with { ApiVersion = "" }
        : this == other;

    /// <summary>The manager as conflicts name it.</summary>
    public override string ToString()
    {
        var name = Subresource.Length == 0 ? $"\"{Name}\"" : $"\"{Name}\" with subresource \"{Subresource}\"";
        return Operation == ManagerOperation.Update ? $"{name} using {ApiVersion}" : name;
    }
}

/// <summary>How a manager came by its fields.</summary>
enum ManagerOperation
{
    /// <summary>It said all that it wants, by server-side apply.</summary>
    Apply,

    /// <summary>It created, replaced or patched.</summary>
    Update,
}
