namespace Kube;

/// <summary>Whom an API server is asked to act as, which it allows to those that have the verb <c>impersonate</c>.</summary>
/// <param name="User">The user's name.</param>
public sealed record KubeImpersonation(string User)
{
    /// <summary>The user's unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>The groups to be in; those that the user really has do not count.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What else is known of the user, such as scopes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
