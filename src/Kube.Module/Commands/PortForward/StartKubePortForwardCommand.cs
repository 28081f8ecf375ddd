using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Forwarding;

namespace Kube.Module.Commands;

/// <summary>Makes ports of a pod, service or workload reachable on this machine, in the background.</summary>
[Cmdlet(VerbsLifecycle.Start, "KubePortForward", DefaultParameterSetName = PodSet, SupportsShouldProcess = true)]
[OutputType(typeof(KubePortForward))]
public sealed class StartKubePortForwardCommand : ConnectionCmdlet
{
    const string PodSet = "Pod", ServiceSet = "Service", DeploymentSet = "Deployment", ObjectSet = "InputObject";

    PortPair[] _pairs = [];

    /// <summary>The pod's name, or the kind and name of what has pods, such as <c>service/web</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PodSet)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public string Pod { get; set; } = "";

    /// <summary>The service's name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServiceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string Service { get; set; } = "";

    /// <summary>The deployment's name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploymentSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    public string Deployment { get; set; } = "";

    /// <summary>A pod, or a service or workload for its pods.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public KubeObject? InputObject { get; set; }

    /// <summary>Ports: <c>80</c>, <c>8080:80</c> (local, remote) or <c>:80</c> (any local port). A service's port leads to the pod's behind it. The remote port may be a name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    /// <summary>The addresses of this machine to listen on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "127.0.0.1")]
    public IPAddress[] Address { get; set; } = [IPAddress.Loopback];

    /// <summary>The namespace; absent: the connection's own.</summary>
    [Parameter]
    [Alias("n")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        try
        {
            _pairs = [.. Port.Select(PortPair.Parse)];
        }
        catch (FormatException exception)
        {
            throw new KubeCmdletException(Errors.ParameterInvalid, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is { } subject)
        {
            Try(subject, () => Start(ApiOf(subject), subject));
            return;
        }
        var (resource, name) = ParameterSetName switch
        {
            ServiceSet => (KubeResources.Services, Service),
            DeploymentSet => (KubeResources.Deployments, Deployment),
            _ => (KubeResources.Pods, Pod),
        };
        Try(NamedObject.Split(name).Kind is null ? $"{resource.Name}/{name}" : name, () => Start(Api, Await(NamedObject.ReadAsync(Api, resource, name, ObjectScope.Of(Namespace, everywhere: false), Cancel))));
    }

    void Start(KubeApi api, KubeObject subject)
    {
        var pods = subject is KubePod ? null : PodSelection.Of(subject)?.Options.LabelSelector
            ?? throw new KubeCmdletException(Errors.WrongKind, $"'{subject.Name}' is of the kind {subject.Kind}, and a pod, service or workload is wanted.") { Target = subject };
        foreach (var pair in _pairs)
            Try(subject, () =>
            {
                var remote = pair.Remote ?? NamedPort.NumberOf(subject, pair.Name!);
                foreach (var address in Address)
                {
                    var local = new IPEndPoint(address, pair.Local ?? remote);
                    if (Confirm($"{subject} port {remote}", $"Forward from {local}")) Try(subject, () => WriteObject(Listen(api, subject, pods, remote, local)));
                }
            });
    }

    static KubePortForward Listen(KubeApi api, KubeObject subject, string? pods, int remote, IPEndPoint local)
    {
        try
        {
            var forward = api.StartPortForward(subject, pods, remote, local);
            PortForwards.Current.Add(forward);
            return forward;
        }
        catch (SocketException exception)
        {
            throw new KubeCmdletException(Errors.PortUnavailable, $"{local} cannot be listened on: {exception.Message}.", exception);
        }
    }
}
