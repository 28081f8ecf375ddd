namespace Kube.Module.Tests.Completion;

/// <summary>Tests that change which kubeconfig the whole process reads, or measure time: alone, after all others.</summary>
[CollectionDefinition(nameof(KubeConfigCollection), DisableParallelization = true)]
public sealed class KubeConfigCollection;
