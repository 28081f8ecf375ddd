using System.Management.Automation;
using Kube.Module.LocalCluster;

namespace Kube.Module.Base;

/// <summary>Takes one of Kube's own clusters, as Start-KubeCluster and Get-KubeCluster write it, for a connection to it.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is KubeCluster cluster ? Connect(cluster) : inputData;

    static KubeConnection Connect(KubeCluster cluster)
    {
        try
        {
            return ClusterFolder.Of(cluster.Name).Connect();
        }
        catch (KubeConfigException exception)
        {
            throw new ArgumentTransformationMetadataException($"There is no connection to the cluster '{cluster.Name}': {exception.Message}", exception);
        }
    }
}
