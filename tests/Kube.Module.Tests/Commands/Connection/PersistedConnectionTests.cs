
namespace Kube.Module.Tests.Commands.Connection;

/// <summary>What Connect-KubeCluster -Persist leaves in a person's kubeconfig, beside what stood there.</summary>
[Collection(nameof(PersistTests))]
public sealed class PersistedConnectionTests : IDisposable
{
    const string Theirs = "# by hand\r\ncurrent-context: other   # mine\r\nclusters:\r\n- name: other\r\n  cluster: {server: 'https://10.0.0.1', x-extra: 0644}\r\nusers:\r\n- name: u\r\n  user:\r\n    exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: Never} # keep\r\ncontexts:\r\n- {name: other, context: {cluster: other, user: u}}\r\n- {name: kept, context: {cluster: other, user: u}}\r\n";

    readonly ModuleSession _session = new();
    readonly string _name = "own-" + Guid.NewGuid().ToString("n")[..8];
    readonly string _file = Path.GetTempFileName();
    readonly string? _before = Environment.GetEnvironmentVariable("KUBECONFIG");
    readonly KnownCluster _known;

    public PersistedConnectionTests()
    {
        _known = KnownCluster.Of(_session, (string)_session.RunForOne($"Start-KubeCluster {_name} -Runtime Simulated -InMemory").Properties["KubeConfigPath"].Value);
        _session.Run("Disconnect-KubeCluster");
        Environment.SetEnvironmentVariable("KUBECONFIG", _file);
    }

    object[] Arguments(string context) => [_known.Server, SecureText.Of(_known.Token!), _known.AuthorityPem, context];

    const string Connect = "Connect-KubeCluster -Uri $args[0] -Token $args[1] -CertificateAuthority $args[2] -Context $args[3] -Persist";

    [Fact]
    public void It_adds_its_entry_and_keeps_every_line_of_theirs()
    {
        File.WriteAllText(_file, Theirs);
        _session.Run(Connect + " -Namespace kube-system", Arguments("mine"));
        Assert.Empty(_session.Errors);

        var text = File.ReadAllText(_file);
        foreach (var line in Theirs.Split("\r\n").Where(line => line.Length > 0 && !line.StartsWith("current-context", StringComparison.Ordinal))) Assert.Contains(line + "\r\n", text, StringComparison.Ordinal);
        Assert.Contains("current-context: mine   # mine\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?<!\r)\n", text);
        Assert.Equal(_known with { ClientCertificate = null }, KnownCluster.Of(_session, _file));
        Assert.Equal(["mine|kube-system"], Contexts("$_.IsCurrent"));
        using var fresh = new ModuleSession();
        Assert.NotEmpty(fresh.Run("Get-KubeNamespace"));
        // What was written is what is used: a proxy, which reads a kubeconfig, can be put in front of it.
        Assert.Equal(_file, _session.RunForOne("(Get-KubeNamespace default).Connection.KubeConfigPaths").BaseObject);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("")]
    public void Nothing_is_written_where_nothing_is_asked_for_or_the_name_is_anothers(string parameters)
    {
        File.WriteAllText(_file, Theirs);
        if (parameters.Length > 0) _session.Run($"{Connect} {parameters}", Arguments("mine"));
        else Assert.StartsWith("KubeContextExists,", _session.RunForError(Connect, Arguments("kept")).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Theirs, File.ReadAllText(_file));
    }

    [Fact]
    public void The_same_cluster_is_written_again_and_another_with_Force()
    {
        File.WriteAllText(_file, Theirs);
        _session.Run(Connect, Arguments("mine"));
        var once = File.ReadAllText(_file);
        _session.Run(Connect, Arguments("mine"));
        Assert.Equal(once, File.ReadAllText(_file));
        _session.Run(Connect + " -Force", Arguments("kept"));
        Assert.Empty(_session.Errors);
        Assert.Equal(_known.Server, KnownCluster.Of(_session, _file, "kept").Server);
        Assert.Contains("other|default", Contexts("$true"));
    }

    [Fact]
    public void Where_there_is_no_file_one_is_made_for_its_owner_alone()
    {
        File.Delete(_file);
        _session.Run(Connect, Arguments("mine"));
        Assert.Empty(_session.Errors);
        Assert.Equal("mine", CurrentContext);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
    }

    [Fact]
    public void A_context_of_the_file_is_made_current()
    {
        File.WriteAllText(_file, Theirs);
        _session.Run(Connect, Arguments("mine"));
        _session.Run("Use-KubeContext other -Persist -WarningAction SilentlyContinue; Connect-KubeCluster mine -Persist");
        Assert.Empty(_session.Errors);
        Assert.Equal("mine", CurrentContext);
    }

    string CurrentContext => (string)_session.RunForOne("[Kube.Config.KubeConfig]::Load([string] $args[0]).CurrentContext", _file).BaseObject;

    IEnumerable<string> Contexts(string which) => _session.Run($"Get-KubeContext | Where-Object {{ {which} }} | ForEach-Object {{ \"$($_.Name)|$($_.Namespace)\" }}").Select(item => (string)item.BaseObject);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("KUBECONFIG", _before);
        File.Delete(_file);
        _session.Run($"Stop-KubeCluster {_name} -Remove -Confirm:$false");
        _session.Dispose();
    }
}
