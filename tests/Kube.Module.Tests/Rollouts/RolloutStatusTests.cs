using System.Reflection;
using System.Text;

namespace Kube.Module.Tests.Rollouts;

/// <summary>The judgements that waiting comes to, of the module as it is packed.</summary>
public sealed class RolloutStatusTests
{
    static readonly Lazy<Assembly> Module = new(() =>
    {
        using var session = new ModuleSession();
        return ((Type)session.RunForOne("(Get-Command Wait-KubeRollout).ImplementingType").BaseObject).Assembly;
    });

    [Theory]
    [InlineData("Deployment", "{}", "{'observedGeneration':1}", "NotYet: its controller has not seen the change yet")]
    [InlineData("Deployment", "{'replicas':3}", "{'observedGeneration':2,'updatedReplicas':2,'replicas':4,'availableReplicas':3}", "NotYet: 2 of 3 pods are of the new template")]
    [InlineData("Deployment", "{'replicas':3}", "{'observedGeneration':2,'updatedReplicas':3,'replicas':4,'availableReplicas':3}", "NotYet: 1 old pods are still to end")]
    [InlineData("Deployment", "{'replicas':3}", "{'observedGeneration':2,'updatedReplicas':3,'replicas':3,'availableReplicas':2}", "NotYet: 2 of 3 pods are available")]
    [InlineData("Deployment", "{'replicas':3}", "{'observedGeneration':2,'updatedReplicas':3,'replicas':3,'availableReplicas':3}", "Met")]
    [InlineData("Deployment", "{'replicas':0}", "{'observedGeneration':2}", "Met")]
    [InlineData("Deployment", "{'paused':true}", "{'observedGeneration':2}", "NotYet: it is paused")]
    [InlineData("Deployment", "{}", "{'observedGeneration':2,'conditions':[{'type':'Progressing','status':'False','reason':'ProgressDeadlineExceeded','message':'too slow'}]}", "Never: it has exceeded its progress deadline: too slow")]
    [InlineData("Deployment", "{}", "{'observedGeneration':2,'conditions':[{'type':'ReplicaFailure','status':'True','message':'no quota'}]}", "NotYet: pods cannot be made: no quota")]
    [InlineData("StatefulSet", "{'replicas':3}", "{'observedGeneration':2,'readyReplicas':2}", "NotYet: 2 of 3 pods are ready")]
    [InlineData("StatefulSet", "{'replicas':3}", "{'observedGeneration':2,'readyReplicas':3,'updatedReplicas':1,'updateRevision':'b','currentRevision':'a'}", "NotYet: 1 of 3 pods are of the new template")]
    [InlineData("StatefulSet", "{'replicas':3}", "{'observedGeneration':2,'readyReplicas':3,'updateRevision':'b','currentRevision':'b'}", "Met")]
    [InlineData("StatefulSet", "{'replicas':3,'updateStrategy':{'rollingUpdate':{'partition':2}}}", "{'observedGeneration':2,'readyReplicas':3,'updatedReplicas':1,'updateRevision':'b','currentRevision':'a'}", "Met")]
    [InlineData("StatefulSet", "{'replicas':3,'updateStrategy':{'rollingUpdate':{'partition':1}}}", "{'observedGeneration':2,'readyReplicas':3,'updatedReplicas':1,'updateRevision':'b','currentRevision':'a'}", "NotYet: 1 of 2 pods are of the new template")]
    [InlineData("DaemonSet", "{}", "{'observedGeneration':2,'desiredNumberScheduled':3,'updatedNumberScheduled':2,'numberAvailable':3}", "NotYet: 2 of 3 pods are of the new template")]
    [InlineData("DaemonSet", "{}", "{'observedGeneration':2,'desiredNumberScheduled':3,'updatedNumberScheduled':3,'numberAvailable':1}", "NotYet: 1 of 3 pods are available")]
    [InlineData("DaemonSet", "{}", "{'observedGeneration':2,'desiredNumberScheduled':3,'updatedNumberScheduled':3,'numberAvailable':3}", "Met")]
    [InlineData("DaemonSet", "{'updateStrategy':{'type':'OnDelete'}}", "{'observedGeneration':2}", "Never: its update strategy is OnDelete: a pod is replaced once somebody removes it")]
    public void A_state_is_judged(string kind, string spec, string status, string wanted) =>
        Assert.Equal(wanted, Judge("RolledOut", [], kind, spec, status));

    [Theory]
    [InlineData("apps/v1", "{'replicas':3}", "{'observedGeneration':2,'replicas':3,'readyReplicas':3}", "Met")]
    [InlineData("apps/v1", "{'replicas':3}", "{'observedGeneration':1,'replicas':3,'readyReplicas':3}", "NotYet: its controller has not seen the change yet")]
    [InlineData("apps/v1", "{'replicas':3}", "{'observedGeneration':2,'replicas':3}", "NotYet: there are 3, 0 of them ready")]
    [InlineData("apps/v1", "{'replicas':3}", "{'observedGeneration':2,'replicas':4,'readyReplicas':3}", "NotYet: there are 4, 3 of them ready")]
    [InlineData("apps/v1", "{'replicas':5}", "{'observedGeneration':2}", "Never: it has been scaled to 5 meanwhile")]
    [InlineData("example.com/v1", "{'replicas':3}", "{'observedGeneration':2,'replicas':3}", "Met")]
    public void A_scale_is_judged(string apiVersion, string spec, string status, string wanted) =>
        Assert.Equal(wanted, Judge("Scaled", [3], "Some", spec, status, apiVersion));

    static string Judge(string condition, object[] arguments, string kind, string spec, string status, string apiVersion = "apps/v1")
    {
        var judge = Module.Value.GetType("Kube.Module.Waiting.WaitCondition+" + condition, throwOnError: true)!;
        var subject = judge.GetMethod("Judge")!.GetParameters()[0].ParameterType;
        var json = Encoding.UTF8.GetBytes($"{{'apiVersion':'{apiVersion}','kind':'{kind}','metadata':{{'name':'x','generation':2}},'spec':{spec},'status':{status}}}".Replace('\'', '"'));
        var made = subject.GetMethod("Parse")!.Invoke(null, [new ReadOnlyMemory<byte>(json), null]);
        var verdict = judge.GetMethod("Judge")!.Invoke(Activator.CreateInstance(judge, arguments), [made])!;
        return verdict.GetType().GetProperty("Reason")?.GetValue(verdict) is { } reason ? $"{verdict.GetType().Name}: {reason}" : verdict.GetType().Name;
    }
}
