using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Kube.Module.Base;

/// <summary>What one runspace is connected to.</summary>
sealed class KubeSession
{
    static readonly ConditionalWeakTable<Runspace, KubeSession> Sessions = [];

    State state = new Untouched();

    /// <summary>The session of the runspace whose pipeline runs on this thread.</summary>
    public static KubeSession Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The connection chosen, or null: none has been (the kubeconfig decides), or it has been left.</summary>
    public KubeConnection? Connection => (state as Connected)?.Connection;

    /// <summary>Whether the session has left its connection, so that no command may fall back to the kubeconfig's.</summary>
    public bool IsDisconnected => state is Disconnected;

    /// <summary>Makes a connection the current one.</summary>
    public void Connect(KubeConnection connection) => state = new Connected(connection);

    /// <summary>Leaves the current connection; there is none until the next <see cref="Connect"/>.</summary>
    public void Disconnect() => state = new Disconnected();

    abstract record State;
    sealed record Untouched : State;
    sealed record Connected(KubeConnection Connection) : State;
    sealed record Disconnected : State;
}
