using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Kube.Module.Tests.Commands.Connection;
using Kube.Tests.Credentials;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>Who asks, and by which way, as a kubeconfig says it: the cmdlets before an API server that knows certificates, tokens and roles.</summary>
[Collection("kubernetes")]
public sealed class IdentityTests : EndToEndTests
{
    readonly string _kubeConfig = Path.GetTempFileName();
    readonly KnownCluster _known;

    public IdentityTests(KubernetesCluster cluster) : base(cluster) => _known = KnownCluster.Of(Session, cluster.KubeConfigPath);

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public void A_plugins_token_is_fetched_once_and_anew_when_it_is_over(string version)
    {
        var (first, second) = (Account("first"), Account("second"));
        using var plugin = new Plugin(Plugin.Token(first, DateTimeOffset.UtcNow.AddMinutes(1).ToString("O"), version));
        var user = Exec(plugin, version);
        user["exec"]!["provideClusterInfo"] = true;
        user["exec"]!["args"] = new JsonArray("--for", "the lab");
        Connect(user);

        Assert.Equal($"system:serviceaccount:{Namespace}:first", Text("(Test-KubeConnection).User"));
        Refused("KubeForbidden", "Get-KubeConfigMap");
        Assert.Equal(["run --for the lab"], plugin.Runs);
        var told = JsonNode.Parse(plugin.Info)!["spec"]!;
        Assert.Equal((_known.Server.OriginalString.TrimEnd('/'), false), (((string)told["cluster"]!["server"]!).TrimEnd('/'), (bool)told["interactive"]!));
        Assert.Equal(_known.AuthorityPem.Trim(), Encoding.ASCII.GetString(Convert.FromBase64String((string)told["cluster"]!["certificate-authority-data"]!)).Trim());

        // One that is over as it arrives serves what it was asked for, and no more.
        user["exec"]!["args"] = new JsonArray("--for", "a moment");
        plugin.Answer(Plugin.Token(first, DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O"), version));
        Connect(user);
        plugin.Answer(Plugin.Token(second, version: version));
        Assert.Equal($"system:serviceaccount:{Namespace}:second", Text("(Test-KubeConnection).User"));
    }

    [Fact]
    public void A_token_that_the_server_no_longer_takes_is_asked_for_anew()
    {
        using var plugin = new Plugin(Plugin.Token("not-a-token-of-this-cluster"));
        Connect(Exec(plugin), "KubeUnauthorized");
        // Once, and then once more for the refusal.
        Assert.Equal(2, plugin.Runs.Length);
        plugin.Answer(Plugin.Token(Account("first")));
        Connect(Exec(plugin));
        Assert.Equal($"system:serviceaccount:{Namespace}:first", Text("(Test-KubeConnection).User"));
    }

    [Fact]
    public void A_plugins_certificate()
    {
        var own = (X509Certificate2)_known.ClientCertificate!;
        using var key = own.GetECDsaPrivateKey()!;
        using var plugin = new Plugin(new JsonObject
        {
            ["kind"] = "ExecCredential",
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["status"] = new JsonObject { ["clientCertificateData"] = own.ExportCertificatePem(), ["clientKeyData"] = key.ExportPkcs8PrivateKeyPem() },
        }.ToJsonString());
        Connect(Exec(plugin));

        Assert.Equal("kubernetes-admin system:masters", Text("$test = Test-KubeConnection; $test.User; $test.Groups"));
        Assert.Contains("kube-system", Text("(Get-KubeNamespace).Name"), StringComparison.Ordinal);
        Assert.Single(plugin.Runs);
    }

    [Theory]
    [InlineData("fails", "log in first")]
    [InlineData("missing", "get it at the shop")]
    public void A_plugin_that_gives_nothing_says_why(string how, string expected)
    {
        using var plugin = new Plugin("nothing", how == "fails" ? 3 : 0, "log in first");
        var user = Exec(plugin);
        if (how == "missing") (user["exec"]!["command"], user["exec"]!["installHint"]) = ("no-such-plugin", "get it at the shop");

        var error = Connect(user, "KubeLoginFailed")!;

        Assert.Contains(expected, error.Exception.Message + error.ErrorDetails?.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", null)]
    [InlineData("http", "jane:s%3Ae")]
    [InlineData("socks5", null)]
    [InlineData("socks5", "jane:s%3Ae")]
    public void A_proxy_on_the_way(string scheme, string? login)
    {
        using var proxy = new TestProxy(scheme == "socks5", login is null ? null : Uri.UnescapeDataString(login));
        Connect(Admin(), cluster: cluster => cluster["proxy-url"] = $"{scheme}://{(login is null ? "" : login + "@")}127.0.0.1:{proxy.Port}");

        Assert.Contains("kube-system", Text("(Get-KubeNamespace).Name"), StringComparison.Ordinal);
        Assert.Equal("True kubernetes-admin", Text("$test = Test-KubeConnection; $test.IsUsable; $test.User"));
        Assert.All(proxy.Targets, target => Assert.Equal($"{_known.Server.Host}:{_known.Server.Port}", target));
        Assert.NotEmpty(proxy.Targets);
    }

    [Fact]
    public void Whoever_acts_as_another_may_what_the_other_may()
    {
        Run("""
            $rbac = 'rbac.authorization.k8s.io'
            $null = New-KubeResource -InputObject @{ apiVersion = "$rbac/v1"; kind = 'RoleBinding'; metadata = @{ name = 'readers' }; roleRef = @{ apiGroup = $rbac; kind = 'ClusterRole'; name = 'view' }
                subjects = @(@{ apiGroup = $rbac; kind = 'Group'; name = 'readers' }) }
            $null = New-KubeConfigMap seen
            """);
        var powerless = Account("first");
        var user = Admin();
        (user["as"], user["as-groups"]) = ("jane@example.com", new JsonArray("readers"));
        Connect(user);

        var test = FoundConnection.Of(Session.RunForOne("Test-KubeConnection"));
        Assert.True(test.IsUsable, test.ToString());
        Assert.Equal("jane@example.com", test["User"]);
        Assert.Contains("readers", test.Texts("Groups"));
        Assert.Equal("seen", Text("(Get-KubeConfigMap seen).Name"));
        Assert.Contains("jane@example.com", Refused("KubeForbidden", "Remove-KubeConfigMap seen -Confirm:$false").Exception.Message, StringComparison.Ordinal);
        Refused("KubeForbidden", "Get-KubeNode");

        // Whom nobody has allowed to act as others is told just that.
        Connect(new JsonObject { ["token"] = powerless, ["as"] = "jane@example.com" }, "KubeForbidden");
    }

    [Fact]
    public void A_name_and_password_that_the_server_does_not_know_are_told_and_not_repeated()
    {
        // No Kubernetes since 1.19 takes them; what stands before one may.
        var error = Session.RunForError("Connect-KubeCluster -Uri $args[0] -Credential ([pscredential]::new('jane', $args[1])) -CertificateAuthority $args[2]", _known.Server, SecureText.Of("s:e/c+ret"), _known.AuthorityPem);
        Assert.StartsWith("KubeUnauthorized,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("s:e/c+ret", error + error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_in_no_file_is_handed_on_to_a_proxy_in_the_background()
    {
        var name = "identity-" + Namespace;
        Run("$null = Connect-KubeCluster -Uri $args[0] -Certificate $args[1] -CertificateAuthority $args[2]", _known.Server, _known.ClientCertificate, _known.AuthorityPem);
        try
        {
            Run("$proxy = Start-KubeProxy $args[0]; $null = Connect-KubeCluster -KubeConfigPath $proxy.KubeConfigPath", name);
            Assert.Equal("default", Text("(Get-KubeNamespace default).Name"));
            Assert.DoesNotContain(Directory.GetFiles(Text("$proxy.DataPath")), file => Path.GetFileName(file).StartsWith("cluster.", StringComparison.Ordinal));
        }
        finally
        {
            Session.Run("Stop-KubeProxy $args[0] -Remove", name);
        }
    }

    JsonObject Admin()
    {
        var own = (X509Certificate2)_known.ClientCertificate!;
        using var key = own.GetECDsaPrivateKey()!;
        return new JsonObject { ["client-certificate-data"] = Data(own.ExportCertificatePem()), ["client-key-data"] = Data(key.ExportPkcs8PrivateKeyPem()) };
    }

    static JsonObject Exec(Plugin plugin, string version = "v1") => new()
    {
        ["exec"] = new JsonObject { ["apiVersion"] = "client.authentication.k8s.io/" + version, ["command"] = plugin.Path, ["interactiveMode"] = "Never" },
    };

    /// <summary>A service account of the test's, by its token.</summary>
    string Account(string name)
    {
        Run("$null = New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'ServiceAccount'; metadata = @{ name = $args[0] } }", name);
        WaitUntil($"[bool](Get-KubeSecret {name}-token-*)");
        return Encoding.UTF8.GetString(Convert.FromBase64String(Text($"(Get-KubeResource secrets {name}-token-*).data.token")));
    }

    /// <summary>Connects by a kubeconfig with this user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="id">The error that it must end in; null: none.</param>
    /// <param name="cluster">What else is said of the cluster.</param>
    ErrorRecord? Connect(JsonObject user, string? id = null, Action<JsonObject>? cluster = null)
    {
        var server = new JsonObject { ["server"] = _known.Server.OriginalString, ["certificate-authority-data"] = Data(_known.AuthorityPem) };
        cluster?.Invoke(server);
        File.WriteAllText(_kubeConfig, new JsonObject
        {
            ["current-context"] = "x",
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "c", ["cluster"] = server }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = "u", ["user"] = user.DeepClone() }),
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = "x", ["context"] = new JsonObject { ["cluster"] = "c", ["user"] = "u", ["namespace"] = Namespace } }),
        }.ToJsonString());
        if (id is null)
        {
            Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", _kubeConfig);
            return null;
        }
        var error = Session.RunForError("Connect-KubeCluster -KubeConfigPath $args[0]", _kubeConfig);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }

    static string Data(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));

    protected override void Dispose(bool disposing)
    {
        File.Delete(_kubeConfig);
        // The place is the administrator's to clear.
        Session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", Cluster.KubeConfigPath);
        base.Dispose(disposing);
    }
}
