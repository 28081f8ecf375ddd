using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Kube.Module.Base;

/// <summary>What one runspace is connected to.</summary>
sealed class KubeSession
{
    static readonly ConditionalWeakTable<Runspace, KubeSession> Sessions = [];

    State _state = new Untouched();

    /// <summary>The session of the runspace whose pipeline runs on this thread.</summary>
    public static KubeSession Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The connection chosen, or null: none has been (the kubeconfig decides), or it has been left.</summary>
    public KubeConnection? Connection => (_state as Connected)?.Connection;

    /// <summary>Whether the session has left its connection, so that no command may fall back to the kubeconfig's.</summary>
    public bool IsDisconnected => _state is Disconnected;

    /// <summary>Makes a connection the current one.</summary>
    public void Connect(KubeConnection connection) => _state = new Connected(connection);

    /// <summary>Leaves the current connection; there is none until the next <see cref="Connect"/>.</summary>
    public void Disconnect() => _state = new Disconnected();

    /// <summary>The connection that a command means: that of the context it names, else this session's, else the kubeconfig's own choice.</summary>
    /// <param name="context">The context that the command names, if it does.</param>
    /// <param name="open">Opens a context; null is the kubeconfig's current one.</param>
    /// <exception cref="KubeCmdletException">The command names none, and the session has left the connection that it had.</exception>
    public KubeConnection Choose(string? context, Func<string?, KubeConnection> open)
    {
        if (context is not null) return open(context);
        if (Connection is { } current) return current;
        return IsDisconnected
            ? throw new KubeCmdletException(Errors.NotConnected, "This session is connected to no cluster: it has left the one it had.")
            : open(null);
    }

    abstract record State;
    sealed record Untouched : State;
    sealed record Connected(KubeConnection Connection) : State;
    sealed record Disconnected : State;
}
