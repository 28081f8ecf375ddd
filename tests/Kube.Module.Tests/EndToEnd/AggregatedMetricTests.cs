using System.Net;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>Metrics as most clusters have them: from a server behind the API server, which passes requests on to it.</summary>
[Collection("kubernetes")]
public sealed class AggregatedMetricTests(KubernetesCluster cluster) : EndToEndTests(cluster)
{
    const string Group = "/apis/metrics.k8s.io/v1beta1";

    const string Discovery = """
        {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"metrics.k8s.io/v1beta1","resources":[
         {"name":"nodes","singularName":"","namespaced":false,"kind":"NodeMetrics","verbs":["get","list"]},
         {"name":"pods","singularName":"","namespaced":true,"kind":"PodMetrics","verbs":["get","list"]}]}
        """;

    // Nobody schedules them: what they use is said, not measured.
    const string Pods = """
        apiVersion: v1
        kind: Pod
        metadata: { name: web, labels: { app: web } }
        spec:
          schedulerName: nobody
          containers:
          - { name: main, image: busybox, resources: { limits: { cpu: "1", memory: 128Mi } } }
          - { name: side, image: busybox, resources: { limits: { cpu: 500m, memory: 64Mi } } }
        ---
        { apiVersion: v1, kind: Pod, metadata: { name: idle }, spec: { schedulerName: nobody, containers: [ { name: main, image: busybox } ] } }
        ---
        { apiVersion: v1, kind: Pod, metadata: { name: new }, spec: { schedulerName: nobody, containers: [ { name: main, image: busybox } ] } }
        """;

    [Fact]
    public void What_the_server_behind_tells_is_read_summed_and_shown_and_its_absence_is_told()
    {
        var service = "metrics-" + Namespace;
        using var metrics = new MetricsApi(IPAddress.Parse(Text("(Get-KubeNamespace default).Connection.Server.Host")), $"{service}.{Namespace}.svc");
        Tell(metrics);
        Run("$null = New-KubePod -Manifest $args[0]", Pods);
        Run("""
            $meta = @{ name = $args[0] }; $address = (Get-KubeNamespace default).Connection.Server.Host
            $null = New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'Service'; metadata = $meta; spec = @{ ports = @(@{ name = 'https'; port = 443; targetPort = $args[1] }) } }
            $null = New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'Endpoints'; metadata = $meta; subsets = @(@{ addresses = @(@{ ip = $address }); ports = @(@{ name = 'https'; port = $args[1] }) }) }
            """, service, metrics.Port);
        try
        {
            Run("""
                $null = New-KubeResource -InputObject @{ apiVersion = 'apiregistration.k8s.io/v1'; kind = 'APIService'; metadata = @{ name = 'v1beta1.metrics.k8s.io' }
                    spec = @{ group = 'metrics.k8s.io'; version = 'v1beta1'; groupPriorityMinimum = 100; versionPriority = 100; service = @{ name = $args[0]; namespace = $args[1] }
                        caBundle = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($args[2])) } }
                """, service, Namespace, metrics.Authority);
            WaitUntil("(Get-KubeResource apiservices v1beta1.metrics.k8s.io).status.conditions.Where{ $_.type -eq 'Available' }.status -eq 'True'");
            // The API server finds it available a moment before it passes anything on.
            WaitUntil("[bool](Get-KubeMetric web -ErrorAction SilentlyContinue)");
            Measured(metrics);

            // The server behind is gone, and the API server knows or finds out.
            metrics.Dispose();
            var error = Refused("KubeMetricsMissing", "Get-KubeMetric web");
            Assert.Contains("what should answer for metrics.k8s.io does not", error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains("metrics-server", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }
        finally
        {
            // No namespace ends while a part of the API does not answer.
            Session.Run("Remove-KubeResource apiservices v1beta1.metrics.k8s.io -Confirm:$false");
        }
        WaitUntil("try { Get-KubeMetric web -ErrorAction Stop } catch { $_.Exception.Message -like '*has no metrics.k8s.io.' }");
    }

    void Measured(MetricsApi metrics)
    {
        const string Numbers = " | ForEach-Object { \"$($_.Name)$($_.Container) $($_.CpuMillicores) $($_.Memory) $($_.CpuPercent) $($_.MemoryPercent)\" }";
        // 250m and 1500u; 64 Mi and 1500 Ki.
        Assert.Equal("idle 0 524288   web 252 68644864 16 34", Text("Get-KubeMetric" + Numbers));
        Assert.Equal("webmain 250 67108864 25 50 webside 2 1536000 0 2", Text("Get-KubeMetric web -Container *" + Numbers));
        foreach (var command in new[] { "Get-KubeMetric w*", "Get-KubeMetric -l app=web", "Get-KubePod web | Get-KubeMetric", $"Get-KubeMetric web -Namespace {Namespace}", "Get-KubeMetric -AllNamespaces -l app=web | Where-Object Namespace -eq " + Namespace })
            Assert.Equal("web", Text($"({command}).Name"));
        Assert.Equal("00:00:30 True", Text("$metric = Get-KubeMetric web; $metric.Window; $metric.Timestamp -eq ([datetime] '2026-01-02T03:04:05Z').ToLocalTime()"));
        Assert.Equal("Pod 'new' is Pending, so nothing is measured.", Refused("KubeNotMeasured", "Get-KubeMetric web, new").Exception.Message);

        Assert.Equal("Node lab 1500 True", Text("$metric = Get-KubeNode lab | Get-KubeMetric; $metric.Kind; $metric.Name; $metric.CpuMillicores; $metric.MemoryPercent -ge 0"));
        Assert.Equal("lab", Text("(Get-KubeMetric -Node la*).Name"));
        Assert.Matches(@"web +252m +16% +65Mi +34%", Session.Show("Get-KubeMetric"));
        Assert.Contains(metrics.Asked, asked => asked.StartsWith($"kubernetes-admin {Group}/namespaces/{Namespace}/pods?", StringComparison.Ordinal));
    }

    void Tell(MetricsApi metrics)
    {
        static string Pod(string space, string name, params (string Name, string Cpu, string Memory)[] containers) =>
            $$$"""{"metadata":{"name":"{{{name}}}","namespace":"{{{space}}}"},"timestamp":"2026-01-02T03:04:05Z","window":"30s","containers":[{{{string.Join(',', containers.Select(c => $$$"""{"name":"{{{c.Name}}}","usage":{"cpu":"{{{c.Cpu}}}","memory":"{{{c.Memory}}}"}}"""))}}}]}""";

        var pods = $"[{Pod(Namespace, "web", ("main", "250m", "64Mi"), ("side", "1500000n", "1500Ki"))},{Pod(Namespace, "idle", ("main", "0", "512Ki"))}]";
        (metrics.Answers[Group], metrics.Answers[$"{Group}/namespaces/{Namespace}/pods"], metrics.Answers[$"{Group}/pods"]) = (Discovery, pods, pods);
        metrics.Answers[$"{Group}/nodes"] = """[{"metadata":{"name":"lab"},"timestamp":"2026-01-02T03:04:05Z","window":"30s","usage":{"cpu":"1500m","memory":"1Gi"}}]""";
    }
}
