using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.Commands.Connection;

/// <summary>Each step of a connection, well and not, against the embedded server.</summary>
public sealed class TestKubeConnectionTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();
    readonly string _folder = Directory.CreateTempSubdirectory("kube-test-").FullName;

    [Fact]
    public void A_connection_that_is_well()
    {
        var test = FoundConnection.Of(_session.RunForOne("Test-KubeConnection"));

        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Messages);
        Assert.True(test.IsUsable);
        Assert.All(test.Steps, step => Assert.True(step.State == "Passed" && step.Action is null, step.ToString()));
        Assert.Equal(["Configuration", "Reach", "Certificate", "Identity", "Version", "Access"], test.Steps.Select(step => step.Step));
        Assert.Equal($"127.0.0.1:{((Uri)test["Server"]!).Port}", test["Address"]);
        Assert.InRange(((TimeSpan)test["Latency"]!).TotalMilliseconds, 0.001, 15_000);
        Assert.StartsWith("TLS 1.", (string)test["TlsProtocol"]!, StringComparison.Ordinal);
        Assert.Equal(true, test["IsTrusted"]);
        var certificate = new PSObject(test["Certificate"]);
        Assert.Contains("127.0.0.1", (IEnumerable<string>)certificate.Properties["Names"].Value);
        Assert.True((DateTime)certificate.Properties["NotAfter"].Value > DateTime.Now);
        Assert.NotEmpty((string)test["User"]!);
        Assert.Contains("system:masters", test.Texts("Groups"));
        Assert.StartsWith("v1.", (string)test["Version"]!, StringComparison.Ordinal);
        Assert.Contains("create pods/exec", test.Texts("Allowed"));
        Assert.Contains("* *", test.Texts("Allowed"));
        Assert.Empty(test.Texts("Denied"));
        Assert.True((bool)_session.RunForOne("Test-KubeConnection -Quiet").BaseObject);
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "unreachable", "Reach", "Nothing listens there" },
        { "no such host", "Reach", "Check the host name" },
        { "silent", "Reach", "does not answer" },
        { "proxy", "Reach", "Nothing listens there" },
        { "no authority", "Certificate", "certificate-authority" },
        { "other name", "Certificate", "127.0.0.1" },
        { "no TLS", "Certificate", "may stand in front of it" },
        { "wrong token", "Identity", "log in again" },
        { "plugin", "Identity", "log in again" },
        { "no context", "Configuration", "Get-KubeContext lists" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Each_step_that_fails_says_what_to_do(string fault, string step, string action)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var plain = new HttpListener();
        var test = FoundConnection.Of(_session.RunForOne(
            fault == "no context" ? "Test-KubeConnection no-such-context" : Opened + " | Test-KubeConnection -TimeoutSec " + (fault == "silent" ? 2 : 30),
            Write(fault, fault == "no TLS" ? Listen(plain) : ((IPEndPoint)silent.LocalEndpoint).Port)));

        Assert.Empty(_session.Errors);
        Assert.False(test.IsUsable);
        var failed = Assert.Single(test.Steps, found => found.State == "Failed");
        Assert.Equal(step, failed.Step);
        Assert.Contains(action, failed.Action, StringComparison.Ordinal);
        Assert.Contains(_session.Messages, message => message.Contains(failed.Message, StringComparison.Ordinal));
        Assert.All(test.Steps.SkipWhile(found => found != failed).Skip(1), found => Assert.Equal("Skipped", found.State));
        Assert.All(test.Steps.TakeWhile(found => found != failed), found => Assert.Equal("Passed", found.State));
        Assert.DoesNotContain("5f1c", test.ToString(), StringComparison.Ordinal);
    }

    // By a file of the test's own: the variable that names the user's is the process's.
    const string Opened = "[Kube.KubeConnection]::new([Kube.Config.KubeConfig]::Load($args[0]).Resolve([NullString]::Value))";

    static int Listen(HttpListener listener)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        return port;
    }

    [Fact]
    public void A_certificate_that_is_not_checked_is_looked_at_all_the_same()
    {
        var test = FoundConnection.Of(_session.RunForOne(Opened + " | Test-KubeConnection", Write("insecure", 0)));
        Assert.True(test.IsUsable);
        Assert.Equal(false, test["IsTrusted"]);
        var step = test.Steps.Single(found => found.Step == "Certificate");
        Assert.Equal("Warning", step.State);
        Assert.Contains("this machine does not trust", step.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_be_done_is_asked_about_another_namespace_too()
    {
        var test = FoundConnection.Of(_session.RunForOne($"{Opened} | Test-KubeConnection -Namespace kube-system", cluster.KubeConfigPath));
        Assert.Equal("kube-system", test["Namespace"]);
        Assert.Contains("In kube-system", test.Steps[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_and_connections_come_by_pipeline()
    {
        var name = cluster.Name;
        Assert.All(_session.Run("Get-KubeCluster $args[0] | Test-KubeConnection -Quiet; (Get-KubeNamespace default).Connection | Test-KubeConnection -Quiet", name), usable => Assert.True((bool)usable.BaseObject));
    }

    [Fact]
    public void After_a_session_has_left_its_cluster_there_is_nothing_to_test()
    {
        _session.Run("Disconnect-KubeCluster");
        var test = FoundConnection.Of(_session.RunForOne("Test-KubeConnection"));
        Assert.Contains("Start-KubeCluster", test.Steps[0].Action, StringComparison.Ordinal);
        Assert.Equal("Failed", test.Steps[0].State);
        Assert.False((bool)_session.RunForOne("Test-KubeConnection -Quiet").BaseObject);
    }

    /// <summary>The cluster's own kubeconfig with one thing wrong.</summary>
    string Write(string fault, int port)
    {
        var config = JsonNode.Parse(File.ReadAllText(cluster.KubeConfigPath))!.AsObject();
        var entry = config["clusters"]![0]!["cluster"]!.AsObject();
        var user = config["users"]![0]!["user"]!.AsObject();
        switch (fault)
        {
            case "unreachable": entry["server"] = "https://127.0.0.1:1"; break;
            case "no such host": entry["server"] = "https://no-such-host.invalid:6443"; break;
            case "silent": entry["server"] = $"http://127.0.0.1:{port}"; break;
            case "proxy": entry["proxy-url"] = "http://jane:5f1c@127.0.0.1:1"; break;
            case "no authority": entry.Remove("certificate-authority-data"); break;
            case "other name": entry["tls-server-name"] = "other.example"; break;
            case "no TLS": entry["server"] = $"https://127.0.0.1:{port}"; break;
            case "wrong token": user["token"] = "wrong-5f1c"; break;
            case "insecure":
                entry.Remove("certificate-authority-data");
                entry["insecure-skip-tls-verify"] = true;
                break;
            case "plugin":
                user.Remove("token");
                user["exec"] = JsonNode.Parse("""{"apiVersion":"client.authentication.k8s.io/v1","command":"no-such-plugin","interactiveMode":"Never","args":["5f1c"]}""");
                break;
        }
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
