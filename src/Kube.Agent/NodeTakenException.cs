namespace Kube.Agent;

/// <summary>The cluster has a node of that name already, and it is another agent's or a kubelet's.</summary>
/// <param name="node">The node's name.</param>
public sealed class NodeTakenException(string node) : Exception(
    $"the cluster has a node '{node}' already, and it is not this agent's: choose another name, or, where that machine is gone, remove the node first");
