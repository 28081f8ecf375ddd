namespace Kube.Module.Tests.EndToEnd;

/// <summary>The tests with real containers share one cluster, one after another.</summary>
[CollectionDefinition("docker")]
public sealed class DockerCollection : ICollectionFixture<DockerCluster>;
