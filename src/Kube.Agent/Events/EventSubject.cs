namespace Kube.Agent.Events;

/// <summary>What an event is about.</summary>
/// <param name="ApiVersion">Its version, such as <c>apps/v1</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace, in which the event is written; null for what has none, whose events are written in <c>default</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
public sealed record EventSubject(string ApiVersion, string Kind, string? Namespace, string Name, string Uid)
{
    /// <summary>The part of it, such as <c>spec.containers{web}</c>; null: the whole.</summary>
    public string? FieldPath { get; init; }
}

/// <summary>Who tells of an event.</summary>
/// <param name="Component">The component, such as <c>kubelet</c>.</param>
/// <param name="Host">The node on which it runs; null: none in particular.</param>
public sealed record EventSource(string Component, string? Host = null);
