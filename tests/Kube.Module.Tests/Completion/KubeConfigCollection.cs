namespace Kube.Module.Tests.Completion;

/// <summary>Tests that change which kubeconfig the whole process reads, or measure time: one after another, while no others run.</summary>
[CollectionDefinition(nameof(KubeConfigCollection), DisableParallelization = true)]
public sealed class KubeConfigCollection;
