namespace Kube.Server.Streams;

/// <summary>A version of Kubernetes' remote command protocol.</summary>
/// <param name="Name">The name by which client and server agree on it; empty: none was offered.</param>
sealed record CommandProtocol(string Name)
{
    /// <summary>The versions over a WebSocket.</summary>
    public static IReadOnlyList<CommandProtocol> WebSocket { get; } =
    [
        new("v5.channel.k8s.io") { HasStatus = true, HasHalfClose = true },
        new("v4.channel.k8s.io") { HasStatus = true },
        new("v4.base64.channel.k8s.io") { HasStatus = true, IsBase64 = true },
        new("channel.k8s.io"),
        new("base64.channel.k8s.io") { IsBase64 = true },
        new(""),
    ];

    /// <summary>The versions over SPDY, where streams can be ended anyway.</summary>
    public static IReadOnlyList<CommandProtocol> Spdy { get; } =
    [
        new("v5.channel.k8s.io") { HasStatus = true },
        new("v4.channel.k8s.io") { HasStatus = true },
        new("v3.channel.k8s.io"),
        new("v2.channel.k8s.io") { HasResize = false },
    ];

    /// <summary>The end is a <c>Status</c>, and not a sentence where there is an error.</summary>
    public bool HasStatus { get; init; }

    /// <summary>The client can end standard input and read on.</summary>
    public bool HasHalfClose { get; init; }

    /// <summary>Messages are text.</summary>
    public bool IsBase64 { get; init; }

    /// <summary>The client tells the sizes of its terminal.</summary>
    public bool HasResize { get; init; } = true;

    /// <summary>The first of the client's versions that the server has too; null: none.</summary>
    public static CommandProtocol? Choose(IReadOnlyList<CommandProtocol> known, IEnumerable<string> offered) =>
        offered.DefaultIfEmpty("").Select(name => known.FirstOrDefault(protocol => protocol.Name == name)).FirstOrDefault(protocol => protocol is not null);
}
