using System.Text.Json.Nodes;

namespace Kube.Module.Tests.Commands.Workload;

public sealed class NewWorkloadTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Theory]
    [InlineData("New-KubeDeployment web nginx", "spec.replicas", "1")]
    [InlineData("New-KubeDeployment web nginx -Replicas 0", "spec.replicas", "0")]
    [InlineData("New-KubeDeployment web nginx", "spec.selector.matchLabels", """{"app":"web"}""")]
    [InlineData("New-KubeDeployment web nginx -Label @{ tier = 'front'; n = 1 }", "spec.selector.matchLabels", """{"n":"1","tier":"front"}""")]
    [InlineData("New-KubeDeployment web nginx -Label @{ tier = 'front'; n = 1 }", "spec.template.metadata.labels", """{"n":"1","tier":"front"}""")]
    [InlineData("New-KubeDeployment web localhost:5000/Team/My_App:1@sha256:0123", "spec.template.spec.containers.0.name", "\"my-app\"")]
    [InlineData("New-KubeDeployment web a/nginx, b/nginx:2, redis", "spec.template.spec.containers.1.name", "\"nginx-2\"")]
    [InlineData("New-KubeDeployment web nginx -Port 80, 443", "spec.template.spec.containers.0.ports.1.containerPort", "443")]
    [InlineData("New-KubeDeployment web nginx -Environment @{ B = $true; A = '' } | ForEach-Object { $_ }", "spec.template.spec.containers.0.env.1", """{"name":"B","value":"True"}""")]
    [InlineData("New-KubeJob run busybox -Command sh, -c -ArgumentList 'exit 0', ''", "spec.template.spec.containers.0.args", """["exit 0",""]""")]
    [InlineData("New-KubeJob run busybox", "spec.template.spec.restartPolicy", "\"Never\"")]
    [InlineData("New-KubeJob run busybox -RestartPolicy OnFailure -Completions 5 -Parallelism 2", "spec.completions", "5")]
    [InlineData("New-KubeJob run busybox -BackoffLimit 0", "spec.backoffLimit", "0")]
    [InlineData("New-KubeJob run busybox -ActiveDeadlineSeconds 9 -TtlSecondsAfterFinished 0", "spec.ttlSecondsAfterFinished", "0")]
    public void Parameters_become_fields(string command, string path, string wanted)
    {
        using var place = new Place(_session, cluster);

        var made = _session.RunForOne($"({command}).ToJson()");

        Assert.Empty(_session.Errors);
        Assert.Equal(wanted, At(JsonNode.Parse((string)made.BaseObject), path)?.ToJsonString());
    }

    [Theory]
    [InlineData("New-KubeDeployment web nginx, redis -Port 80")]
    [InlineData("New-KubeDeployment web nginx, redis -Command sh")]
    [InlineData("New-KubeDeployment web nginx -Label @{}")]
    public void What_does_not_go_together_is_refused_and_nothing_made(string command)
    {
        using var place = new Place(_session, cluster);

        Assert.StartsWith("KubeParameterInvalid,", _session.RunForError(command).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-KubeDeployment"));
    }

    [Fact]
    public void A_deployment_runs_its_pods_and_takes_them_along()
    {
        using var place = new Place(_session, cluster);

        _session.Run("New-KubeDeployment web busybox -Replicas 2");
        TestCluster.WaitUntil(_session, "(Get-KubeDeployment web).Ready -eq '2/2' -and @(Get-KubeDeployment web | Get-KubePod).Count -eq 2");
        _session.Run("Get-KubeDeployment w* | Remove-KubeDeployment");

        Assert.Empty(_session.Errors);
        TestCluster.WaitUntil(_session, "@(Get-KubePod).Count -eq 0");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-PropagationPolicy Orphan", false)]
    public void A_job_takes_its_pods_along_unless_told_to_leave_them(string policy, bool gone)
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubeJob run busybox");
        TestCluster.WaitUntil(_session, "@(Get-KubeJob run | Get-KubePod).Count -eq 1");

        _session.Run("Remove-KubeJob run " + policy);

        TestCluster.WaitUntil(_session, gone ? "@(Get-KubePod).Count -eq 0" : "@(Get-KubeJob).Count -eq 0 -and @(Get-KubePod | Where-Object { -not $_.Metadata.ownerReferences }).Count -eq 1");
    }

    [Theory]
    [InlineData("Get-KubeDeployment")]
    [InlineData("Remove-KubeJob")]
    [InlineData("Get-KubeSecret")]
    public void A_namespace_that_is_no_such_object_is_none(string command)
    {
        _session.Run("[pscustomobject]@{ Name = 'default'; Kind = 'Namespace' } | " + command);

        Assert.StartsWith("KubeWrongKind,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    static JsonNode? At(JsonNode? node, string path) => path.Split('.').Aggregate(node, (at, step) => at is JsonArray array ? array[int.Parse(step)] : at?[step]);
}
