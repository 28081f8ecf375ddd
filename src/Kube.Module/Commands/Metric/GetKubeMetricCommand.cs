using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Measuring;

namespace Kube.Module.Commands;

/// <summary>Reads what pods, their containers, or nodes use of processors and memory.</summary>
[Cmdlet(VerbsCommon.Get, "KubeMetric", DefaultParameterSetName = PodSet)]
[OutputType(typeof(KubeMetric))]
public sealed class GetKubeMetricCommand : GetPodsCmdlet
{
    const string PodSet = "Pod", NodeSet = "Node";
    const int NodesAtOnce = 16;

    /// <summary>Nodes instead of pods: their names; wildcards are looked up in the list.</summary>
    [Parameter(ParameterSetName = NodeSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public string[] Node { get; set; } = [];

    /// <summary>Each of these containers by itself; wildcards match.</summary>
    [Parameter(ParameterSetName = PodSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    /// <summary>Ask the nodes themselves, where the cluster has no metrics.</summary>
    [Parameter]
    public SwitchParameter FromNode { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (ParameterSetName != NodeSet) return;
        if (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Name))) throw new KubeCmdletException(Errors.ParameterInvalid, "-Node says what is measured: give neither pods nor objects from the pipeline with it.");
        if (IsNamespaceTyped || AllNamespaces) throw new KubeCmdletException(Errors.ParameterInvalid, "Nodes live in no namespace: leave -Namespace and -AllNamespaces out.");
        if ((LabelSelector ?? FieldSelector) is not null && Node.Any(name => !WildcardPattern.ContainsWildcardCharacters(name)))
            throw new KubeCmdletException(Errors.ParameterInvalid, "A name says which node is meant, a selector which of many: give one or the other (a wildcard goes with both).");
    }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        if (subject is KubeNode) WriteNodes(api, [subject]);
        else if (subject is KubePod pod) WritePods(api, [pod], isNamed: true);
        else base.ProcessObject(api, resource, subject);
    }

    /// <inheritdoc/>
    protected override void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (ParameterSetName == PodSet)
        {
            base.ProcessUnnamed(api, resource);
            return;
        }
        foreach (var name in Node) Try($"nodes/{name}", () => WriteNodes(api, FindNodes(api, name)));
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) =>
        WritePods(api, [(KubePod)Await(api.GetAsync(resource, @namespace, name, Cancel))], isNamed: true);

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects)
    {
        // One question about all of them is cheaper than one for each.
        var pods = new List<KubePod>();
        ForEach(objects, item => pods.Add((KubePod)item));
        WritePods(api, pods, isNamed: false);
    }

    IUsageSource SourceOf(KubeApi api) => FromNode ? new NodeSummaries(api, NodesAtOnce) : new MetricsServer(api);

    List<KubeObject> FindNodes(KubeApi api, string name)
    {
        var nodes = new List<KubeObject>();
        if (!WildcardPattern.ContainsWildcardCharacters(name)) nodes.Add(Await(api.GetAsync(KubeResources.Nodes, null, name, Cancel)));
        else
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var options = new ListOptions { LabelSelector = LabelSelector, FieldSelector = FieldSelector };
            ForEach(api.ListAsync(KubeResources.Nodes, null, options, Cancel).Where(node => pattern.IsMatch(node.Name)), nodes.Add);
        }
        return nodes;
    }

    void WriteNodes(KubeApi api, IReadOnlyList<KubeObject> nodes)
    {
        var usages = Await(SourceOf(api).ReadNodesAsync(nodes, Cancel));
        foreach (var node in nodes)
        {
            if (usages.TryGetValue(node.Name, out var usage))
                WriteObject(Make(api, "Node", null, node.Name, null, node.Name, usage, Limits.OfNode(node, "cpu"), Limits.OfNode(node, "memory")));
            else
                Try(node, () => throw NotMeasured(node));
        }
    }

    void WritePods(KubeApi api, IReadOnlyList<KubePod> pods, bool isNamed)
    {
        var usages = Await(SourceOf(api).ReadPodsAsync(pods, Cancel)).ToDictionary(usage => (usage.Namespace, usage.Name));
        foreach (var pod in pods)
        {
            if (usages.TryGetValue((pod.Namespace!, pod.Name), out var usage) && usage.Containers.Count > 0) WritePod(api, pod, usage.Containers);
            // In a list they are many that have finished or not begun.
            else if (isNamed) Try(pod, () => throw NotMeasured(pod));
        }
    }

    void WritePod(KubeApi api, KubePod pod, IReadOnlyDictionary<string, Usage> containers)
    {
        if (Container.Length == 0)
        {
            WriteObject(Make(api, "Pod", pod.Namespace, pod.Name, null, pod.Node, Usage.Sum([.. containers.Values]), Limits.OfPod(pod, containers.Keys, "cpu"), Limits.OfPod(pod, containers.Keys, "memory")));
            return;
        }
        var patterns = Container.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        foreach (var name in Limits.ContainerNames(pod).Where(name => containers.ContainsKey(name) && patterns.Any(pattern => pattern.IsMatch(name))))
            WriteObject(Make(api, "Container", pod.Namespace, pod.Name, name, pod.Node, containers[name], Limits.OfContainer(pod, name, "cpu"), Limits.OfContainer(pod, name, "memory")));
    }

    static KubeMetric Make(KubeApi api, string kind, string? @namespace, string name, string? container, string? node, Usage usage, decimal? cpuLimit, decimal? memoryLimit) => new()
    {
        Kind = kind,
        Namespace = @namespace,
        Name = name,
        Container = container,
        Node = node,
        Cpu = (double)usage.Cpu,
        CpuLimit = (double?)cpuLimit,
        Memory = usage.Memory,
        MemoryLimit = (long?)memoryLimit,
        Timestamp = usage.Timestamp,
        Window = usage.Window,
        Connection = api.Connection,
    };

    static KubeCmdletException NotMeasured(KubeObject of) => new(Errors.NotMeasured, of is KubePod { Phase: not "Running" } pod
        ? $"Pod '{pod.Name}' is {pod.State}, so nothing is measured."
        : $"{of.Kind} '{of.Name}' has not been measured yet, or its node does not tell.") { Target = of };
}
