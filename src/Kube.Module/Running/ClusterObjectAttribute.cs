using System.Management.Automation;

namespace Kube.Module.Running;

/// <summary>Takes objects of a cluster, and nothing of anything else. Left to itself the engine would try to make an object of every byte of standard input, and throw an exception for each.</summary>
sealed class ClusterObjectAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) as KubeObject;
}
