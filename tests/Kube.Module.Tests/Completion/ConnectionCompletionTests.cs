using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kube.Module.Tests.Completion;

/// <summary>Which cluster Tab asks, and what it does where there is none.</summary>
[Collection(nameof(KubeConfigCollection))]
public sealed class ConnectionCompletionTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kube-completion-");

    [Theory]
    [InlineData("Get-KubeContext ", "plain|'my cluster'|'O''Brien'|'a,b'|user@cluster|arn:aws:eks:eu:1:cluster/x|'$home'|-dash")]
    [InlineData("Get-KubePod -Context pl", "plain")]
    [InlineData("Get-KubePod -Context my", "'my cluster'")]
    [InlineData("Get-KubePod -Context 'my", "'my cluster'")]
    [InlineData("Get-KubePod -Context 'my cl", "'my cluster'")]
    [InlineData("Get-KubePod -Context \"my cl", "\"my cluster\"")]
    [InlineData("Get-KubePod -Context O", "'O''Brien'")]
    [InlineData("Get-KubePod -Context 'O''B", "'O''Brien'")]
    [InlineData("Get-KubePod -Context \"O'B", "\"O'Brien\"")]
    [InlineData("Get-KubePod -Context 'a,", "'a,b'")]
    [InlineData("Get-KubePod -Context user", "user@cluster")]
    [InlineData("Get-KubePod -Context arn:", "arn:aws:eks:eu:1:cluster/x")]
    [InlineData("Get-KubePod -Context '$", "'$home'")]
    [InlineData("Get-KubePod -Context \"`$", "\"`$home\"")]
    [InlineData("Get-KubePod -Context '-d", "'-dash'")]
    [InlineData("Use-KubeContext pl", "plain")]
    [InlineData("Connect-KubeCluster pl", "plain")]
    [InlineData("Connect-KubeCluster -KubeConfigPath {path} -Context ", "elsewhere")]
    [InlineData("Connect-KubeCluster -KubeConfigPath other -Context ", "elsewhere")]
    public void Contexts_are_quoted_as_they_need(string typed, string offered)
    {
        var config = Write("config", null, "plain", "my cluster", "O'Brien", "a,b", "user@cluster", "arn:aws:eks:eu:1:cluster/x", "$home", "-dash");
        var other = Write("other", null, "elsewhere");
        using var home = new KubeConfigOf(_session, config);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder.FullName);

        Assert.Equal(offered.Replace("|-dash", "|'-dash'", StringComparison.Ordinal), Tab.Press(_session, typed.Replace("{path}", other, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_context_says_where_it_leads()
    {
        using var home = new KubeConfigOf(_session, Write("config", null, "plain"));

        Assert.Equal("cluster plain, user none, namespace default", Assert.Single(Tab.Results(_session, "Get-KubePod -Context ")).ToolTip);
    }

    [Theory]
    [InlineData("Get-KubePod -Context {context} -Namespace {place} ")]
    [InlineData("Get-KubePod -Connection $here -Namespace {place} ")]
    [InlineData("Get-KubeLog -Connection $here -n {place} ")]
    [InlineData("Get-KubePod -Namespace {place} ")]
    public void The_cluster_typed_is_asked(string typed)
    {
        using var place = new Place(_session, cluster);
        using var home = new KubeConfigOf(_session, cluster.KubeConfigPath);
        _session.Run("$null = New-KubePod one busybox; $here = Connect-KubeCluster -KubeConfigPath $args[0]", cluster.KubeConfigPath);
        // Only a command that names its cluster, or else the kubeconfig, finds it from here.
        using var fresh = new ModuleSession();
        fresh.Run("$here = $args[0]", _session.RunForOne("$here").BaseObject);

        Assert.Equal("one", Tab.Press(fresh, typed.Replace("{context}", cluster.Name, StringComparison.Ordinal).Replace("{place}", place.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Namespaces_are_those_of_the_context_typed()
    {
        using var place = new Place(_session, cluster);
        using var home = new KubeConfigOf(_session, cluster.KubeConfigPath);
        using var fresh = new ModuleSession();
        fresh.Run("Disconnect-KubeCluster");

        foreach (var command in new[] { "Use-KubeContext {0}", "Connect-KubeCluster {0}", "Connect-KubeCluster -Name {0}", "Get-KubePod -Context {0}" })
            Assert.Equal(place.Name, Tab.Press(fresh, $"{command.Replace("{0}", cluster.Name, StringComparison.Ordinal)} -Namespace {place.Name}"));
    }

    [Theory]
    [InlineData("Get-KubeCluster {name}")]
    [InlineData("Stop-KubeCluster {name}")]
    [InlineData("Start-KubeCluster -Name {name}")]
    public void Local_clusters(string typed)
    {
        var found = Assert.Single(Tab.Results(_session, typed.Replace("{name}", cluster.Name[..^2], StringComparison.Ordinal)));

        Assert.Equal(cluster.Name, found.CompletionText);
        Assert.StartsWith("Running, Simulated, https://127.0.0.1:", found.ToolTip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubeRegistryCredential -DockerConfig {folder} ", "ghcr.io|stored.example.com|localhost:5000|'https://index.docker.io/v1/'")]
    [InlineData("Get-KubeRegistryCredential -DockerConfig {folder} l", "localhost:5000")]
    [InlineData("Remove-KubeRegistryCredential -DockerConfig {folder} 'gh", "'ghcr.io'")]
    [InlineData("Set-KubeRegistryCredential -DockerConfig {folder} -Registry s", "stored.example.com")]
    [InlineData("Set-KubeRegistryCredential -DockerConfig (whoever) -Registry s", "")]
    public void Registries_come_from_the_files_and_no_helper_is_asked(string typed, string offered)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "config.json"), """
            {"auths":{"stored.example.com":{},"localhost:5000":{"auth":"bWU6c2VjcmV0"},"https://index.docker.io/v1/":{"auth":"bWU6c2VjcmV0"}},"credHelpers":{"ghcr.io":"no-such-helper"}}
            """);

        var found = Tab.Results(_session, typed.Replace("{folder}", $"'{_folder.FullName}'", StringComparison.Ordinal));

        Assert.Equal(offered.Replace("'https://index.docker.io/v1/'", "https://index.docker.io/v1/", StringComparison.Ordinal), string.Join('|', found.Select(one => one.CompletionText)));
        Assert.All(found, one => Assert.Equal(Path.Combine(_folder.FullName, "config.json"), one.ToolTip));
    }

    /// <summary>Every completer, where there is no answer.</summary>
    public static TheoryData<string> Asking { get; } = new(
        "Get-KubePod ", "Get-KubePod -Namespace ", "Get-KubeLog -Container ", "Get-KubeResource ", "Get-KubeResource widgets ", "Get-KubePod -l ", "Get-KubePod -l app=",
        "Get-KubePod -FieldSelector status.phase=", "New-KubePod x ", "Get-KubeNode ");

    [Theory]
    [MemberData(nameof(Asking))]
    public void A_server_that_never_answers_takes_a_second_at_the_most(string typed)
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        using var home = new KubeConfigOf(_session, Write("config", deaf.LocalEndpoint.ToString(), "deaf"));
        _session.Run("Use-KubeContext deaf");
        // The engine's own work, warm, is not what is measured.
        Tab.Once(_session, "Get-KubeContext ");

        var watch = Stopwatch.StartNew();
        var offered = Tab.Once(_session, typed);
        watch.Stop();

        Assert.Empty(offered);
        // It did ask; and 1.2 s are the promise on a machine that does nothing else, as this one hardly is. Connections have thirty.
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public void Without_a_cluster_there_is_silence(string typed)
    {
        _session.Run("Disconnect-KubeCluster");
        Assert.Empty(Tab.Once(_session, typed));
        Assert.Empty(_session.Errors);

        using var home = new KubeConfigOf(_session, Write("config", "127.0.0.1:1", "refused"));
        _session.Run("Use-KubeContext refused");
        Assert.Empty(Tab.Once(_session, typed));
        Assert.Empty(Tab.Once(_session, "Get-KubePod -Context no-such-context -Namespace "));
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Messages);
    }

    [Fact]
    public void A_kubeconfig_that_cannot_be_read_is_silence_too()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "config"), "{ no kubeconfig");
        using var home = new KubeConfigOf(_session, Path.Combine(_folder.FullName, "config"));

        Assert.Empty(Tab.Once(_session, "Get-KubePod -Context "));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void What_needs_no_cluster_is_offered_without_one()
    {
        _session.Run("Disconnect-KubeCluster");

        Assert.Equal("Ready|Created|Deleted", Tab.Press(_session, "Wait-KubePod -For "));
        Assert.Equal("Condition=Ready=True", Tab.Press(_session, "Wait-KubePod -For Condition=Ready=T"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A kubeconfig with contexts of these names, all to one server.</summary>
    string Write(string file, string? server, params string[] contexts)
    {
        var path = Path.Combine(_folder.FullName, file);
        File.WriteAllText(path, System.Text.Json.JsonSerializer.Serialize(new
        {
            apiVersion = "v1",
            kind = "Config",
            clusters = contexts.Select(name => new { name, cluster = new { server = "http://" + (server ?? "127.0.0.1:1") } }),
            contexts = contexts.Select(name => new { name, context = new { cluster = name } }),
        }));
        return path;
    }

    /// <summary>Lets a session's process read another kubeconfig, for the time of a test.</summary>
    sealed class KubeConfigOf : IDisposable
    {
        readonly string? _before = Environment.GetEnvironmentVariable("KUBECONFIG");

        public KubeConfigOf(ModuleSession session, string path)
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", path);
            Assert.Equal(path, session.RunForOne("$env:KUBECONFIG").BaseObject);
        }

        public void Dispose() => Environment.SetEnvironmentVariable("KUBECONFIG", _before);
    }
}
