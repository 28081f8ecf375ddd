namespace Kube.Module.Tests.EndToEnd;

/// <summary>The tests with real containers share one cluster, one after another.</summary>
[CollectionDefinition("docker")]
public sealed class DockerCollection : ICollectionFixture<DockerCluster>;

/// <summary>The tests of the lab's Kubernetes run one after another, beside those of the embedded server.</summary>
[CollectionDefinition("kubernetes")]
public sealed class KubernetesCollection : ICollectionFixture<KubernetesCluster>;
