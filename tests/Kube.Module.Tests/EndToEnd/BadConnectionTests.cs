using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>What cannot be connected to, each with an error of its own.</summary>
public sealed class BadConnectionTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("kube-connections-").FullName;

    [Fact]
    public void A_wrong_token_is_not_let_in()
    {
        var error = Connect(config => config["users"]![0]!["user"]!["token"] = "wrong-token-of-mine");

        Expect(error, "KubeUnauthorized", ErrorCategory.AuthenticationError);
        Assert.DoesNotContain("wrong-token-of-mine", error.ToString() + error.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_has_expired_is_not_let_in()
    {
        using var admin = cluster.Connect();
        var token = admin.RunForOne("New-KubeResource -Manifest '{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"shortlived\"}}'");
        Assert.Equal("shortlived", token.Properties["Name"].Value);

        // header.payload.signature of somebody else's, long expired
        var error = Connect(config => config["users"]![0]!["user"]!["token"] = "eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDAsInN1YiI6InN5c3RlbTpzZXJ2aWNlYWNjb3VudDpkZWZhdWx0OnNob3J0bGl2ZWQifQ.AAAA");

        Expect(error, "KubeUnauthorized", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void A_certificate_for_another_name_is_not_trusted_and_the_message_names_those_it_has()
    {
        var error = Connect(config => config["clusters"]![0]!["cluster"]!["tls-server-name"] = "another.example.com");

        Expect(error, "KubeCertificateInvalid", ErrorCategory.SecurityError);
        Assert.Contains("localhost", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_an_unknown_authority_is_not_trusted()
    {
        var error = Connect(config => config["clusters"]![0]!["cluster"]!.AsObject().Remove("certificate-authority-data"));

        Expect(error, "KubeCertificateInvalid", ErrorCategory.SecurityError);
    }

    [Fact]
    public void A_server_that_is_down_is_unreachable()
    {
        var error = Connect(config => config["clusters"]![0]!["cluster"]!["server"] = "https://127.0.0.1:1");

        Expect(error, "KubeUnreachable", ErrorCategory.ConnectionError);
        Assert.Contains("127.0.0.1:1", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not: [yaml", "KubeConfigInvalid")]
    [InlineData("- a\n- b\n", "KubeConfigInvalid")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Config\"}", "KubeNotConnected")]
    [InlineData("{\"current-context\":\"gone\"}", "KubeConfigInvalid")]
    [InlineData("current-context: a\ncontexts:\n- name: a\n  context: {cluster: gone, user: u}\n", "KubeConfigInvalid")]
    [InlineData("current-context: a\ncontexts:\n- {name: a, context: {cluster: c, user: u}}\nclusters:\n- {name: c, cluster: {server: 'https://x', certificate-authority-data: '!!'}}\nusers:\n- {name: u, user: {token: t}}\n", "KubeConfigInvalid")]
    public void A_wrong_kubeconfig_says_what_is_wrong_with_it(string text, string id)
    {
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, text);

        var error = _session.RunForError("Connect-KubeCluster -KubeConfigPath $args[0]", path);

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_kubeconfig_that_is_not_there_is_named()
    {
        var error = _session.RunForError("Connect-KubeCluster -KubeConfigPath $args[0]", Path.Combine(_folder, "missing"));

        Expect(error, "KubeConfigInvalid", ErrorCategory.InvalidData);
        Assert.Contains("missing", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_is_down_is_an_error_with_Docker_and_a_warning_with_Auto()
    {
        var error = _session.RunForError("Start-KubeCluster -Name engineless -Runtime Docker -InMemory -DockerHost unix:///nowhere/docker.sock");
        Expect(error, "KubeClusterStartFailed", ErrorCategory.OpenError);
        Assert.Contains("/nowhere/docker.sock", error.ErrorDetails.Message, StringComparison.Ordinal);

        var started = _session.RunForOne("Start-KubeCluster -Name engineless -Runtime Auto -InMemory -DockerHost unix:///nowhere/docker.sock");
        Assert.Equal("Simulated", started.Properties["Runtime"].Value);
        Assert.Contains(_session.Messages, message => message.Contains("simulated", StringComparison.OrdinalIgnoreCase));
        _session.Run("Stop-KubeCluster engineless -Remove -Confirm:$false");
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("^https://app")]
    [InlineData("[")]
    public void An_origin_pattern_that_is_not_safe_starts_nothing(string pattern)
    {
        var error = _session.RunForError("Start-KubeCluster -Name unsafe -Runtime Simulated -InMemory -CorsAllowedOrigin $args[0]", pattern);

        Expect(error, "KubeClusterStartFailed", ErrorCategory.OpenError);
        Assert.StartsWith("-CorsAllowedOrigin ", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains(pattern, error.ErrorDetails.Message, StringComparison.Ordinal);
        _session.Run("Stop-KubeCluster unsafe -Remove -Confirm:$false");
    }

    [Fact]
    public void After_its_cluster_has_stopped_a_session_is_connected_to_none()
    {
        _session.Run("$null = Start-KubeCluster -Name fleeting -Runtime Simulated -InMemory; Stop-KubeCluster fleeting -Remove -Confirm:$false");

        Expect(_session.RunForError("Get-KubePod"), "KubeNotConnected", ErrorCategory.ConnectionError);
    }

    ErrorRecord Connect(Action<JsonObject> change)
    {
        var config = JsonNode.Parse(File.ReadAllText(cluster.KubeConfigPath))!.AsObject();
        change(config);
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, config.ToJsonString());
        return _session.RunForError("Connect-KubeCluster -KubeConfigPath $args[0]; Get-KubePod", path);
    }

    static void Expect(ErrorRecord error, string id, ErrorCategory category)
    {
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
