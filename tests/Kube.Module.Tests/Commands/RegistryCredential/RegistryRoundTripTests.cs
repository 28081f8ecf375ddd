using System.Management.Automation;
using System.Security;

namespace Kube.Module.Tests.Commands.RegistryCredential;

/// <summary>Against the lab's real registry, and a cluster for the secrets.</summary>
public sealed class RegistryRoundTripTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();
    readonly string _folder = Directory.CreateTempSubdirectory("kube-registry-").FullName;

    [Fact]
    public void What_is_kept_is_explained_tested_and_forgotten()
    {
        _session.Run("Set-KubeRegistryCredential -DockerConfig $args[0] -Registry $args[1] -Credential $args[2]", _folder, Lab.Registry, Credential(Lab.RegistryPassword));
        Assert.Empty(_session.Errors);

        var match = _session.RunForOne("Get-KubeRegistryCredential -DockerConfig $args[0] -Image $args[1]", _folder, Lab.PrivateImage);
        Assert.Equal((1, Lab.RegistryUser, Path.Combine(_folder, "config.json")), ((int)Value(match, "Order")!, Value(match, "UserName"), Value(match, "Source")));

        var test = _session.RunForOne("Test-KubeRegistryCredential -DockerConfig $args[0] -Image $args[1]", _folder, Lab.PrivateImage);
        Assert.True(Value(test, "IsGranted") is true, Value(test, "Message")?.ToString());
        Assert.Equal("Basic", Value(test, "Scheme")!.ToString());
        Assert.Equal("private/busybox", Value(test, "Repository"));

        Assert.True(Value(_session.RunForOne("Test-KubeRegistryCredential -DockerConfig $args[0] $args[1]", _folder, Lab.Registry), "IsGranted") is true);
        Assert.DoesNotContain(Lab.RegistryPassword, _session.Show("Test-KubeRegistryCredential -DockerConfig $args[0] $args[1] | ForEach-Object { $_; $_ | ConvertTo-KubeJson }", _folder, Lab.Registry), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_and_none_are_refused()
    {
        Assert.True(Value(_session.RunForOne("Test-KubeRegistryCredential -DockerConfig $args[0] $args[1] -Credential $args[2]", _folder, Lab.Registry, Credential("wrong")), "IsGranted") is false);
        Assert.True(Value(_session.RunForOne("Test-KubeRegistryCredential -DockerConfig $args[0] $args[1]", _folder, Lab.Registry), "IsGranted") is false);
    }

    [Fact]
    public void A_secret_pulls_for_every_pod_of_its_service_account()
    {
        using var place = new Place(_session, cluster);
        TestCluster.WaitUntil(_session, "@(Get-KubeResource serviceaccounts).Count -eq 1");
        _session.Run("Get-KubeResource serviceaccounts default | ForEach-Object { $_.imagePullSecrets = @(@{ name = 'other' }) }");

        var secret = _session.RunForOne("New-KubeRegistrySecret pull registry.example.com -Credential $args[0] -ServiceAccount default", Credential("päss:wörd"));

        Assert.Empty(_session.Errors);
        Assert.Equal("kubernetes.io/dockerconfigjson", _session.RunForOne("(Get-KubeResource secrets pull).type").BaseObject);
        var config = _session.RunForOne("[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String((Get-KubeResource secrets pull).data.'.dockerconfigjson'))").ToString();
        Assert.Equal("päss:wörd", System.Text.Json.Nodes.JsonNode.Parse(config)!["auths"]!["registry.example.com"]!["password"]!.GetValue<string>());
        Assert.Equal("pull", _session.RunForOne("(Get-KubeResource serviceaccounts default).imagePullSecrets.name").ToString());
        Assert.DoesNotContain("wörd", _session.Show("$args[0]", secret), StringComparison.Ordinal);
    }

    static object? Value(PSObject item, string property) => item.Properties[property].Value;

    static PSCredential Credential(string password)
    {
        var secret = new SecureString();
        foreach (var letter in password) secret.AppendChar(letter);
        return new PSCredential(Environment.GetEnvironmentVariable("KUBE_LAB_REGISTRY_USER") ?? "user", secret);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
