namespace Kube.Module.Tests.Commands;

/// <summary>What -Persist leaves in a person's kubeconfig. No other test runs beside these: the file is the process's.</summary>
[Collection(nameof(PersistTests))]
[CollectionDefinition(nameof(PersistTests), DisableParallelization = true)]
public sealed class PersistTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly string _name = "own-" + Guid.NewGuid().ToString("n")[..8];

    [Theory]
    [InlineData("")]
    [InlineData("-InMemory")]
    public void A_kubeconfig_that_it_was_added_to_means_what_it_meant_once_it_is_gone(string memory)
    {
        var before = Environment.GetEnvironmentVariable("KUBECONFIG");
        var file = Path.GetTempFileName();
        const string Theirs = """
            {"apiVersion":"v1","kind":"Config","current-context":"other",
             "clusters":[{"name":"other","cluster":{"server":"https://127.0.0.1:2","x-extra":"0123"}}],
             "users":[{"name":"u","user":{"token":"abc"}}],
             "contexts":[{"name":"other","context":{"cluster":"other","user":"u","namespace":"0123"}}]}
            """;
        File.WriteAllText(file, Theirs);
        try
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", file);
            _session.Run($"Start-KubeCluster {_name} -Runtime Simulated {memory} -Persist");
            Assert.Empty(_session.Errors);
            Assert.Equal(["other", _name], _session.Run("Get-KubeContext").Select(context => (string)context.Properties["Name"].Value).Order(StringComparer.Ordinal));
            _session.Run($"Stop-KubeCluster {_name} -Remove -Confirm:$false");
            Assert.Empty(_session.Errors);
            Assert.Equal(Theirs.Replace("\"current-context\":\"other\"", "\"current-context\":\"\"", StringComparison.Ordinal), File.ReadAllText(file));
            Assert.Equal("0123", _session.RunForOne("Get-KubeContext").Properties["Namespace"].Value);
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
            File.Delete(file);
        }
    }

    [Fact]
    public void A_context_shows_with_the_namespace_that_the_session_means()
    {
        var before = Environment.GetEnvironmentVariable("KUBECONFIG");
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:2'}}]\ncontexts:\n- {name: a, context: {cluster: c, namespace: own}}\n- {name: b, context: {cluster: c, namespace: other}}\n");
        try
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", file);
            Assert.Equal("shop", _session.RunForOne("Use-KubeContext a -Namespace shop -PassThru").Properties["Namespace"].Value);
            Assert.Equal(["a shop True", "b other False"], _session.Run("Get-KubeContext | ForEach-Object { \"$($_.Name) $($_.Namespace) $($_.IsCurrent)\" }").Select(line => (string)line.BaseObject));
            Assert.Empty(_session.Errors);
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("-Persist -WhatIf", "a")]
    [InlineData("-Persist", "b")]
    public void A_context_is_made_current_for_others_only_where_that_is_asked_for(string parameters, string current)
    {
        var before = Environment.GetEnvironmentVariable("KUBECONFIG");
        var file = Path.GetTempFileName();
        const string Theirs = "# by hand\r\ncurrent-context: a   # mine\r\nclusters: [{name: c, cluster: {server: 'https://10.0.0.1', insecure-skip-tls-verify: true}}]\r\ncontexts:\r\n- {name: a, context: {cluster: c}}\r\n- {name: b, context: {cluster: c}}\r\n";
        File.WriteAllText(file, Theirs);
        try
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", file);
            _session.Run($"Use-KubeContext b {parameters}");
            Assert.Empty(_session.Errors);
            Assert.Equal(Theirs.Replace("current-context: a", "current-context: " + current, StringComparison.Ordinal), File.ReadAllText(file));
            if (parameters != "-Persist -WhatIf") Assert.Contains(_session.Messages, message => message.Contains("is not checked", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        _session.Run($"Stop-KubeCluster {_name}* -Remove -Confirm:$false");
        _session.Dispose();
    }
}
