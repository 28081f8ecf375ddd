using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>A cmdlet that acts in pods: those named, or those that an object from the pipeline stands for.</summary>
public abstract class PodCmdlet : ConnectionCmdlet, IObjectCommand
{
    bool _isPodTyped;

    /// <summary>Names of pods; wildcards are looked up in the list.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public virtual string[] Pod { get; set; } = [];

    /// <summary>The container; absent: the pod's only or default one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string? Container { get; set; }

    /// <summary>The namespace of the pods; absent: the connection's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("n")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public virtual string? Namespace { get; set; }

    /// <summary>A label selector for the pods, such as <c>app=web</c>.</summary>
    [Parameter]
    [Alias("l", "Selector")]
    [ValidateNotNullOrEmpty]
    [JoinedList]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public virtual string? LabelSelector { get; set; }

    /// <summary>A pod, or a namespace, node, workload or service whose pods are meant.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public virtual KubeObject? InputObject { get; set; }

    /// <summary>The kind that a foreign object says it is; one that is no pod is refused.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? Kind { get; set; }

    /// <summary>Acts in one pod.</summary>
    protected abstract void ProcessPod(KubeApi api, KubePod pod);

    /// <summary>Acts in all pods of a selection that there are.</summary>
    /// <param name="api">The cluster.</param>
    /// <param name="pods">Which pods.</param>
    /// <param name="pattern">Which of their names count; null: all.</param>
    /// <param name="owner">The object that they belong to; null: none was given.</param>
    private protected virtual void ProcessPods(KubeApi api, ObjectQuery pods, WildcardPattern? pattern, KubeObject? owner) =>
        ForEach(pods.ReadAsync(api, Cancel), item =>
        {
            if (pattern?.IsMatch(item.Name) != false) Try(item, () => ProcessPod(api, (KubePod)item));
        });

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        _isPodTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Pod));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is not null && _isPodTyped) throw new KubeCmdletException(Errors.ParameterInvalid, $"-Pod says which pod is meant, and {InputObject} comes from the pipeline: give one or the other.");
        if (InputObject is KubePod && LabelSelector is not null) throw new KubeCmdletException(Errors.ParameterInvalid, $"A selector says which of many are meant, and {InputObject} comes from the pipeline: leave the selector out.");
        if (InputObject is { } subject) Try(subject, () => ProcessObject(ApiOf(subject), subject));
        else if (Kind is not null && !AnyKind.Is(KubeResources.Pods, Kind)) Try(Pod.FirstOrDefault(), () => throw WrongKind(string.Join(", ", Pod), Kind));
        else if (Pod.Length > 0) ProcessNames();
        else if (LabelSelector is not null) ProcessPods(Api, Query(Api), null, null);
        else throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says which pod is meant: give its name with -Pod, a selector, or pods from the pipeline.");
    }

    IReadOnlyList<string> IObjectCommand.Names => Pod;

    ObjectScope Scope => ObjectScope.Of(Namespace, everywhere: false);

    ObjectQuery IObjectCommand.GetQuery(KubeApi api) => Query(api);

    ObjectQuery Query(KubeApi api) => new(KubeResources.Pods, Scope.NamespaceFor(api, KubeResources.Pods), new ListOptions { LabelSelector = LabelSelector });

    void ProcessNames()
    {
        if (LabelSelector is not null) throw new KubeCmdletException(Errors.ParameterInvalid, "-Pod says which pod is meant, -LabelSelector which of many: give one or the other.");
        foreach (var text in Pod)
        {
            var (kind, name) = NamedObject.Split(text);
            if (kind is null || AnyKind.Is(KubeResources.Pods, kind)) Try($"pods/{name}", () => ProcessName(name));
            else Try(text, () => ProcessObject(Api, Await(NamedObject.ReadAsync(Api, kind, name, Scope, Cancel))));
        }
    }

    static KubeCmdletException WrongKind(string name, string kind) => new(Errors.WrongKind, $"'{name}' is of the kind {kind}, and Pod is wanted.");

    /// <summary>The container that is meant: the one named, the one that the pod's annotation names, or the first.</summary>
    protected string ContainerIn(KubePod pod)
    {
        if (Container is not null) return Container;
        var taken = PodContainers.DefaultOf(pod);
        var containers = pod.ContainerStatuses.Where(status => status.ContainerType == KubeContainerType.Container).Select(status => status.Container).ToArray();
        if (containers.Length > 1) WriteVerbose($"Pod '{pod.Name}' has the containers {string.Join(", ", containers)}: '{taken}' is taken. -Container names another.");
        return taken;
    }

    void ProcessObject(KubeApi api, KubeObject subject)
    {
        if (subject is KubePod pod) ProcessPod(api, pod);
        else if (PodSelection.Of(subject) is { } pods) ProcessPods(api, pods.Query(LabelSelector, null), null, subject);
        else throw WrongKind(subject.Name, subject.Kind);
    }

    void ProcessName(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name)) ProcessPods(Api, Query(Api), WildcardPattern.Get(name, WildcardOptions.IgnoreCase), null);
        else ProcessPod(Api, (KubePod)Await(Api.GetAsync(KubeResources.Pods, Scope.NamespaceFor(Api, KubeResources.Pods), NamedObject.Check(name, "pod"), Cancel)));
    }
}
