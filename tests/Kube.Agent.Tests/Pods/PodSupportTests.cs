using Kube.Agent.Pods;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class PodSupportTests
{
    static string Refusals(string pod, string container = "") =>
        string.Join("; ", PodSupport.Refusals(Pod($"{{{pod}{(pod.Length > 0 ? "," : "")}'containers':[{{'name':'c','image':'x'{(container.Length > 0 ? "," : "")}{container}}}]}}").Spec));

    [Theory]
    [InlineData("'hostIPC':true", "spec.hostIPC")]
    [InlineData("'hostUsers':false", "spec.hostUsers: false")]
    [InlineData("'setHostnameAsFQDN':true", "spec.setHostnameAsFQDN")]
    [InlineData("'runtimeClassName':'kata'", "spec.runtimeClassName: kata")]
    [InlineData("'resourceClaims':[{'name':'gpu'}]", "spec.resourceClaims")]
    [InlineData("'os':{'name':'windows'}", "spec.os.name: windows")]
    [InlineData("'securityContext':{'seLinuxOptions':{'level':'s0'}}", "spec.securityContext.seLinuxOptions")]
    [InlineData("'securityContext':{'seccompProfile':{'type':'Localhost'}}", "spec.securityContext.seccompProfile.type: Localhost")]
    [InlineData("'securityContext':{'appArmorProfile':{'type':'Unconfined'}}", "spec.securityContext.appArmorProfile.type: Unconfined")]
    [InlineData("'securityContext':{'supplementalGroupsPolicy':'Strict'}", "spec.securityContext.supplementalGroupsPolicy: Strict")]
    [InlineData("'initContainers':[{'name':'i','image':'x','restartPolicy':'Never'}]", "spec.initContainers[0].restartPolicy: Never")]
    [InlineData("'initContainers':[{'name':'i','image':'x','lifecycle':{'postStart':{'sleep':{'seconds':1}}}}]", "spec.initContainers[0].lifecycle.postStart")]
    public void What_a_pod_may_not_ask_is_named(string pod, string expected) => Assert.Equal($"{expected} is not supported by this node", Refusals(pod));

    [Theory]
    [InlineData("'restartPolicy':'Always'", "spec.containers[0].restartPolicy: Always")]
    [InlineData("'restartPolicyRules':[{}]", "spec.containers[0].restartPolicyRules")]
    [InlineData("'volumeDevices':[{'name':'d'}]", "spec.containers[0].volumeDevices")]
    [InlineData("'resources':{'claims':[{'name':'g'}]}", "spec.containers[0].resources.claims")]
    [InlineData("'resources':{'limits':{'nvidia.com/gpu':1}}", "spec.containers[0].resources.limits: nvidia.com/gpu")]
    [InlineData("'lifecycle':{'preStop':{'exec':{'command':['x']}}}", "spec.containers[0].lifecycle.preStop")]
    [InlineData("'lifecycle':{'stopSignal':'SIGINT'}", "spec.containers[0].lifecycle.stopSignal")]
    [InlineData("'securityContext':{'procMount':'Unmasked'}", "spec.containers[0].securityContext.procMount: Unmasked")]
    [InlineData("'securityContext':{'seccompProfile':{'type':'Unconfined'}}", "spec.containers[0].securityContext.seccompProfile.type: Unconfined")]
    public void What_a_container_may_not_ask_is_named(string container, string expected) => Assert.Equal($"{expected} is not supported by this node", Refusals("", container));

    [Theory]
    [InlineData("", "")]
    [InlineData("'hostNetwork':true,'hostPID':true,'shareProcessNamespace':true,'os':{'name':'linux'},'hostUsers':true", "")]
    [InlineData("'securityContext':{'runAsUser':1,'fsGroup':2,'seccompProfile':{'type':'RuntimeDefault'},'supplementalGroupsPolicy':'Merge'}", "'securityContext':{'privileged':true,'procMount':'Default','capabilities':{'add':['NET_ADMIN']}}")]
    [InlineData("'readinessGates':[],'hostAliases':null,'unheardOf':{'a':1}", "'resources':{'limits':{'cpu':'1','memory':'1Gi','ephemeral-storage':'1Gi'}},'stdin':true,'tty':true,'env':null,'args':null")]
    public void All_else_is_taken(string pod, string container) => Assert.Equal("", Refusals(pod, container));

    [Fact]
    public void What_is_left_undone_is_told()
    {
        var pod = Pod("{'ephemeralContainers':[{'name':'debug','image':'x'}],'containers':[{'name':'c','image':'busybox:1.35','resources':{'limits':{'ephemeral-storage':'1Gi'}},'livenessProbe':{'grpc':{'port':1}}}]}");
        var plan = PodPlanner.Plan(pod, Observation(Running()), At(100));
        Assert.Equal(
            [
                "NotSupported: ephemeral container debug is not started: ephemeral containers are not supported by this node",
                "NotSupported: the ephemeral-storage limit of container c is not enforced by this node",
                "Unhealthy: livenessProbe: grpc is not supported by this node; the container will not become ready",
            ],
            EventsOf(plan));
        Assert.All(plan.Actions.OfType<PodAction.RecordEvent>(), told => Assert.True(told.IsStanding));
        Assert.Equal("", Text(plan));
    }

    [Fact]
    public void All_refusals_are_told_at_once() =>
        Assert.Equal("spec.hostIPC is not supported by this node; spec.containers[0].lifecycle.preStop is not supported by this node", Refusals("'hostIPC':true", "'lifecycle':{'preStop':{}}"));
}
