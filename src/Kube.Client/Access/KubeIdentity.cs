namespace Kube;

/// <summary>Whom a server takes one for.</summary>
/// <param name="UserName">The user's name; null: the server lets whoever it is in and does not tell whom it sees.</param>
public sealed record KubeIdentity(string? UserName)
{
    /// <summary>The user's unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>The groups that the user is in, as far as they are known.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Whether the server said so. Servers before 1.26 cannot be asked: then it is what the credential says.</summary>
    public bool IsConfirmed { get; init; }
}
