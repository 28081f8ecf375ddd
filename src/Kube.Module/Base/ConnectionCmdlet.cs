using System.Management.Automation;
using Kube.Config;
using Kube.Module.Completion;
using Kube.Module.Views;

namespace Kube.Module.Base;

/// <summary>A cmdlet that reaches a cluster: the one named, else the one its input came from, else the session's.</summary>
public abstract class ConnectionCmdlet : CancellableCmdlet
{
    KubeConnection? _chosen;
    bool _isConnectionTyped;
    IReadOnlyList<KubeColumn>? _shown;

    /// <summary>The name of a context in the kubeconfig.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>A connection from Connect-KubeCluster, or a cluster from Start-KubeCluster.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConnectionTransformation]
    public KubeConnection? Connection { get; set; }

    /// <summary>Whether the command line names a namespace; the input's own does not count.</summary>
    private protected bool IsNamespaceTyped { get; private set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        IsNamespaceTyped = MyInvocation.BoundParameters.ContainsKey("Namespace");
        // Objects without a namespace hand on an empty one; typed at the prompt it is an unset variable, and must not mean another namespace.
        if (MyInvocation.BoundParameters.TryGetValue("Namespace", out var named) && string.IsNullOrEmpty(named as string))
            throw new KubeCmdletException(Errors.ParameterInvalid, "-Namespace is empty. Leave it out to mean the connection's own.");
        _isConnectionTyped = MyInvocation.BoundParameters.TryGetValue(nameof(Connection), out var connection);
        if (_isConnectionTyped && connection is null)
            throw new KubeCmdletException(Errors.ParameterInvalid, "-Connection is null. Leave it out to mean the session's own.");
    }

    /// <summary>The connection for input that comes from nowhere in particular.</summary>
    protected KubeConnection DefaultConnection => _chosen ??= Choose();

    /// <summary>The API of the cluster that a command without input means.</summary>
    /// <remarks>A context that is named comes before the cluster that the input came from: an object may be made anew elsewhere.</remarks>
    protected KubeApi Api => Open(Context is null && Connection is { } given ? given : DefaultConnection);

    /// <summary>The API of the cluster that an object came from.</summary>
    /// <exception cref="KubeCmdletException">The command names another cluster.</exception>
    protected KubeApi ApiOf(KubeObject subject)
    {
        if (subject.Connection is not { } origin) return Api;
        var named = Context is not null ? DefaultConnection : MyInvocation.BoundParameters.ContainsKey(nameof(Connection)) ? Connection : null;
        if (named is not null && named.Server != origin.Server)
            throw new KubeCmdletException(Errors.WrongConnection, $"{subject.Kind} '{subject.Name}' is from {origin.Name} ({origin.Server}), and the command names {named.Name} ({named.Server}).") { Target = subject };
        return Open(origin);
    }

    /// <summary>Hands an object on. Of a kind without views of its own the session first hears how to show it.</summary>
    protected new void WriteObject(object? item)
    {
        if (((item as KubeWatchEvent)?.Object ?? item as KubeObject) is { Columns: { Count: > 0 } columns } shown && !ReferenceEquals(columns, _shown))
        {
            _shown = columns;
            ColumnViews.Ensure(this, shown);
        }
        base.WriteObject(item);
    }

    static KubeApi Open(KubeConnection connection) => new(connection) { PrinterColumns = true };

    KubeConnection Choose()
    {
        if (Context is not null && _isConnectionTyped)
            throw new KubeCmdletException(Errors.ParameterInvalid, "-Context and -Connection exclude each other.");
        return KubeSession.Current.Choose(Context, static context => new KubeConnection(KubeConfig.Load().Resolve(context)));
    }
}
