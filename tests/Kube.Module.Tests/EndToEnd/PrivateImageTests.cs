using System.Text;
using System.Text.Json;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>One private image, pulled with each of the four kinds of credential, and refused without.</summary>
public sealed class PrivateImageTests : IClassFixture<PrivateImageTests.PrivateCluster>, IDisposable
{
    readonly PrivateCluster _cluster;
    readonly ModuleSession _session;

    public PrivateImageTests(PrivateCluster cluster)
    {
        _cluster = cluster;
        _session = cluster.Connect();
        foreach (var file in Directory.EnumerateFiles(PrivateCluster.DockerConfig)) File.Delete(file);
    }

    [Fact]
    public void With_dockercfg() => Pulls(() => Write(".dockercfg", new Dictionary<string, object> { [Lab.Registry] = new { username = Lab.RegistryUser, password = Lab.RegistryPassword } }));

    [Fact]
    public void With_config_json() => Pulls(() => Write("config.json", new { auths = new Dictionary<string, object> { [Lab.Registry] = new { auth = Auth } } }));

    [Fact]
    public void With_a_credential_helper() => Pulls(() =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper of this test is a shell script.");
        var helper = Path.Combine(TestHome.Programs, "docker-credential-kubetest");
        var answer = JsonSerializer.Serialize(new { ServerURL = Lab.Registry, Username = Lab.RegistryUser, Secret = Lab.RegistryPassword });
        File.WriteAllText(helper, $"#!/bin/sh\n[ \"$1\" = get ] || exit 1\nread -r server\n[ \"$server\" = '{Lab.Registry}' ] || {{ echo 'credentials not found in native keychain'; exit 1; }}\ncat <<'EOF'\n{answer}\nEOF\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write("config.json", new { credHelpers = new Dictionary<string, string> { [Lab.Registry] = "kubetest" } });
    });

    [Fact]
    public void With_an_image_pull_secret() => Pulls(() =>
    {
        var config = JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [Lab.Registry] = new { auth = Auth } } });
        _session.Run("$null = New-KubeResource -Manifest $args[0]", $$$"""
            {"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"pull"},
             "data":{".dockerconfigjson":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}}}"}}
            """);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refused_without_with_a_message_that_helps_and_no_password(bool wrongPassword)
    {
        using var place = new Place(_session, _cluster);
        if (wrongPassword) Write("config.json", new { auths = new Dictionary<string, object> { [Lab.Registry] = new { username = Lab.RegistryUser, password = "wrong-" + Lab.RegistryPassword } } });
        CreatePod();

        TestCluster.WaitUntil(_session, "(Get-KubePod private).State -eq 'ImagePullBackOff'");

        var status = _session.RunForOne("Get-KubeContainerStatus private");
        var message = (string)status.Properties["Message"].Value;
        Assert.StartsWith($"Back-off pulling image \"{Lab.PrivateImage}\": ErrImagePull: ", message, StringComparison.Ordinal);
        if (wrongPassword) Assert.Contains(Lab.RegistryUser, message, StringComparison.Ordinal);
        var everything = _session.Show("Get-KubePod -A; Get-KubePod private | ConvertTo-KubeJson; Get-KubeEvent | ForEach-Object { $_ | ConvertTo-KubeJson }; Get-KubeContainerStatus private -Detail")
            + File.ReadAllText((string)_cluster.Started.Properties["LogPath"].Value);
        Assert.DoesNotContain(Lab.RegistryPassword, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Auth, everything, StringComparison.Ordinal);
        Assert.NotEmpty(_session.Run("Get-KubePod private | Get-KubeEvent | Where-Object Reason -eq Failed"));
    }

    static string Auth => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lab.RegistryUser}:{Lab.RegistryPassword}"));

    void Pulls(Action provide)
    {
        using var place = new Place(_session, _cluster);
        provide();
        CreatePod();

        _session.Run("Wait-KubePod private -TimeoutSec 120");

        Assert.Empty(_session.Errors);
        Assert.Equal(Lab.PrivateImage, _session.RunForOne("(Get-KubeContainerStatus private).Image").BaseObject);
        Assert.Contains("Pulled", _session.Run("(Get-KubePod private | Get-KubeEvent).Reason").Select(reason => reason.ToString()));
    }

    void CreatePod() => _session.Run("$null = New-KubePod -Manifest $args[0]", $$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: private}
        spec:
          terminationGracePeriodSeconds: 0
          imagePullSecrets: [{name: pull}]
          containers: [{name: c, image: '{{Lab.PrivateImage}}', imagePullPolicy: Always, command: [sleep, '1000']}]
        """);

    static void Write(string file, object content) => File.WriteAllText(Path.Combine(PrivateCluster.DockerConfig, file), JsonSerializer.Serialize(content));

    public void Dispose() => _session.Dispose();

    /// <summary>A cluster with a Docker configuration of its own.</summary>
    public sealed class PrivateCluster() : StartedCluster("private", !Lab.HasDocker ? null : $"-Runtime Docker -DockerHost '{Lab.DockerHost}' -DockerConfig '{Prepare()}'")
    {
        public static string DockerConfig { get; } = Path.Combine(TestHome.Path, "private-docker");

        static string Prepare()
        {
            Directory.CreateDirectory(DockerConfig);
            return DockerConfig;
        }
    }
}
