using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedAgentTests(DockerCluster cluster) : AgentTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesAgentTests(KubernetesCluster cluster) : AgentTests(cluster);

/// <summary>The lab's Docker Engine as a further node of a cluster, whose scheduler, controllers and API server know nothing of it but what the API tells. Its taint keeps the pods of others away.</summary>
public abstract class AgentTests(TestCluster cluster) : EndToEndTests(cluster)
{
    const string ContainerIds = "(Get-KubePod | Get-KubeContainerStatus).ContainerID";

    readonly string _node = "agent-" + Guid.NewGuid().ToString("n")[..8];
    readonly string _folder = Directory.CreateTempSubdirectory("kube-agent-").FullName;

    [Fact]
    public void An_engine_joins_a_cluster_runs_its_pods_is_killed_and_leaves()
    {
        Run("$node = $args[0]; $certificate = $args[1]", _node, IsEmbedded ? null : MakeCertificate());
        Run("$more = if ($certificate) { @{ CertificatePath = $certificate } } else { @{} }; $agent = Start-KubeAgent $node -DockerHost $args[0] -Taint \"agent=${node}:NoSchedule\" -Label @{ agent = $node } @more", Lab.DockerHost);
        Assert.Equal("Ready", Text("(Get-KubeNode $node).State"));

        // Pods that the cluster's own controllers make, and its scheduler puts there.
        Run("$null = New-KubeResource -Manifest $args[0]", $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: far }
            spec:
              replicas: 2
              selector: { matchLabels: { app: far } }
              template:
                metadata: { labels: { app: far } }
                spec:
                  nodeSelector: { agent: {{_node}} }
                  tolerations: [{ key: agent, operator: Exists }]
                  terminationGracePeriodSeconds: 1
                  containers: [{ name: c, image: "{{Lab.Image}}", imagePullPolicy: Never, command: [sh, -c, "echo I am here; sleep 600"] }]
            """);
        WaitUntil("(Get-KubeDeployment far).Available -eq 2");
        Assert.Equal($"{_node} {_node}", Text("(Get-KubePod).Node"));
        Assert.Equal("I am here I am here", Text("(Get-KubeLog -LabelSelector app=far).Line"));
        Assert.Equal("from within", Text("$pod = (Get-KubePod)[0].Name; 'from within' | Invoke-KubeCommand -Pod $pod -- cat"));
        Assert.Contains("3", Refused("KubeCommandFailed", "Invoke-KubeCommand -Pod $pod -- sh -c 'exit 3'").Exception.Message, StringComparison.Ordinal);

        // Killed and started again it finds them as they are.
        var containers = Text(ContainerIds);
        Run("$process = [System.Diagnostics.Process]::GetProcessById($agent.ProcessId); $process.Kill(); $process.WaitForExit(); $null = Start-KubeAgent $node");
        WaitUntil("(Get-KubeNode $node).State -eq 'Ready' -and (Get-KubeDeployment far).Available -eq 2");
        WaitUntil("(Invoke-KubeCommand -Pod $pod -- echo again) -eq 'again'");
        Assert.Equal((containers, "0 0"), (Text(ContainerIds), Text("(Get-KubePod).RestartCount")));

        Run("Remove-KubeDeployment far; Stop-KubeAgent $node -Remove");
        Assert.Empty(Session.Messages);
        Assert.Empty(Run("Get-KubeNode $node*; Get-KubeAgent $node*"));
        WaitUntil("@(Get-KubePod).Count -eq 0");
    }

    protected override void Dispose(bool disposing)
    {
        Session.Run("Get-KubeAgent \"$($args[0])*\" | Stop-KubeAgent -Remove", _node);
        Assert.Empty(Session.Errors);
        base.Dispose(disposing);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The lab's API server trusts nodes by its authority alone: makes a certificate of that for the endpoint's address, which is the API server's own here.</summary>
    string MakeCertificate()
    {
        var address = IPAddress.Parse(Text("(Get-KubeNamespace default).Connection.Server.Host"));
        var authorities = Path.Combine(Path.GetDirectoryName(Cluster.KubeConfigPath)!, "pki");
        using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(authorities, "ca.crt"), Path.Combine(authorities, "ca.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=system:nodes, CN=system:node:" + _node, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(12), RandomNumberGenerator.GetBytes(16));
        var path = Path.Combine(_folder, "endpoint.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return path;
    }
}
