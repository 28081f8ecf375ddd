using Kube.Manifests;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>What every verb works with.</summary>
sealed record ApiServices(ObjectStore Store, KindCatalog Catalog, TimeProvider Time, IYaml Yaml, CancellationToken Stopping)
{
    /// <summary>The kinds as of now.</summary>
    public KindRegistry Kinds => Catalog.Current;
}
