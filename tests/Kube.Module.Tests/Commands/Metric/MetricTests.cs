namespace Kube.Module.Tests.Commands.Metric;

public sealed class MetricTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    const string Pods = """
        apiVersion: v1
        kind: Pod
        metadata: { name: web, labels: { app: web }, annotations: { kube.simulated/cpu: 250m, kube.simulated/memory: 64Mi, kube.simulated/cpu.side: 1500u, kube.simulated/memory.side: 1500Ki } }
        spec:
          containers:
          - { name: main, image: busybox, resources: { limits: { cpu: "1", memory: 128Mi } } }
          - { name: side, image: busybox, resources: { limits: { cpu: 500m } } }
        ---
        { apiVersion: v1, kind: Pod, metadata: { name: idle }, spec: { containers: [ { name: main, image: busybox } ] } }
        ---
        { apiVersion: v1, kind: Pod, metadata: { name: done, annotations: { kube.simulated/run-for: "0" } }, spec: { restartPolicy: Never, containers: [ { name: main, image: busybox } ] } }
        """;

    readonly ModuleSession _session = cluster.Connect(width: 120);

    [Theory]
    [InlineData("")]
    [InlineData(" -FromNode")]
    public void Numbers_are_numbers(string source)
    {
        using var place = Populated();

        Assert.Equal("idle 0 0  , web 252 68644864 16 ", Text($"Get-KubeMetric{source} | ForEach-Object {{ \"$($_.Name) $($_.CpuMillicores) $($_.Memory) $($_.CpuPercent) $($_.MemoryPercent)\" }}"));
        Assert.Equal("main 0.25 67108864 25 50, side 0.0015 1536000 0 ", Text($"Get-KubeMetric web -Container *{source} | ForEach-Object {{ \"$($_.Container) $([math]::Round($_.Cpu, 6)) $($_.Memory) $($_.CpuPercent) $($_.MemoryPercent)\" }}"));
        Assert.Equal(typeof(double), _session.RunForOne($"(Get-KubeMetric web{source}).Cpu").BaseObject.GetType());
        Assert.Equal(typeof(long), _session.RunForOne($"(Get-KubeMetric web{source}).Memory").BaseObject.GetType());
        Assert.InRange((TimeSpan)_session.RunForOne($"(Get-KubeMetric web{source}).Window").BaseObject, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange((DateTime)_session.RunForOne($"(Get-KubeMetric web{source}).Timestamp").BaseObject, DateTime.Now.AddMinutes(-1), DateTime.Now.AddSeconds(5));
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("Get-KubeMetric w*", "web")]
    [InlineData("Get-KubeMetric -l app=web", "web")]
    [InlineData("Get-KubeMetric -l app!=web", "idle")]
    [InlineData("Get-KubePod web, idle | Get-KubeMetric", "web, idle")]
    [InlineData("Get-KubeContainerStatus web | Get-KubeMetric", "web/main, web/side")]
    [InlineData("Get-KubeNamespace $args[0] | Get-KubeMetric", "idle, web")]
    [InlineData("Get-KubeMetric -AllNamespaces | Where-Object Namespace -eq $args[0]", "idle, web")]
    [InlineData("Get-KubeMetric -Container s*", "web/side")]
    public void What_is_meant_is_measured(string command, string expected)
    {
        using var place = Populated();

        Assert.Equal(expected, Text(command + " | ForEach-Object { if ($_.Container) { \"$($_.Name)/$($_.Container)\" } else { $_.Name } }", place.Name));
    }

    [Theory]
    [InlineData("Get-KubeNode | Get-KubeMetric")]
    [InlineData("Get-KubeMetric -Node *")]
    [InlineData("Get-KubeMetric -Node (Get-KubeNode).Name")]
    [InlineData("Get-KubeMetric -Node * -FromNode")]
    public void A_node_uses_what_its_pods_use(string command)
    {
        using var place = Populated();
        // Pods of other tests may still be on their way out.
        TestCluster.WaitUntil(_session, $"$metric = {command}; $metric.Memory -eq 68644864");

        var node = _session.RunForOne(command);

        Assert.Empty(_session.Errors);
        Assert.Equal("Node", node.Properties["Kind"].Value);
        Assert.InRange((double)node.Properties["Cpu"].Value, 0.25, 0.26);
        Assert.Equal(Environment.ProcessorCount, (double)node.Properties["CpuLimit"].Value);
        Assert.InRange((int)node.Properties["MemoryPercent"].Value, 0, 99);
    }

    [Theory]
    [InlineData("Get-KubeMetric done", "KubeNotMeasured", "Pod 'done' is Completed")]
    [InlineData("Get-KubeMetric missing", "KubeNotFound", "missing")]
    [InlineData("Get-KubeMetric -Node missing", "KubeNotFound", "missing")]
    public void What_is_not_measured_is_an_error_of_its_own(string command, string id, string message)
    {
        using var place = Populated();

        _session.Run(command);

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubeMetric -Node * -Namespace default")]
    [InlineData("Get-KubeMetric -Node * -AllNamespaces")]
    [InlineData("Get-KubeMetric web -Node *")]
    [InlineData("Get-KubeNode | Get-KubeMetric -Node *")]
    [InlineData("Get-KubeMetric -Node some -LabelSelector a=b")]
    [InlineData("Get-KubeEvent web -For pod/web")]
    [InlineData("Get-KubeEvent -Pod web -For pod/web")]
    [InlineData("Get-KubeNode | Get-KubeEvent -For pod/web")]
    public void What_says_two_things_is_refused(string command) =>
        Assert.StartsWith("KubeParameterInvalid,", _session.RunForError(command).FullyQualifiedErrorId, StringComparison.Ordinal);

    Place Populated()
    {
        var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Manifest $args[0]", Pods);
        Assert.Empty(_session.Errors);
        TestCluster.WaitUntil(_session, "@(Get-KubePod | Where-Object Phase -eq Running).Count -eq 2 -and (Get-KubePod done).Phase -eq 'Succeeded'");
        return place;
    }

    string Text(string script, params object?[] arguments)
    {
        var text = string.Join(", ", _session.Run(script, arguments));
        Assert.Empty(_session.Errors);
        return text;
    }

    public void Dispose() => _session.Dispose();
}
