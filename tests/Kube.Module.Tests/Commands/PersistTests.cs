namespace Kube.Module.Tests.Commands;

/// <summary>What -Persist leaves in a person's kubeconfig. No other test runs beside these: the file is the process's.</summary>
[Collection(nameof(PersistTests))]
[CollectionDefinition(nameof(PersistTests), DisableParallelization = true)]
public sealed class PersistTests : IDisposable
{
    readonly ModuleSession session = new();
    readonly string name = "own-" + Guid.NewGuid().ToString("n")[..8];

    [Theory]
    [InlineData("")]
    [InlineData("-InMemory")]
    public void A_kubeconfig_that_it_was_added_to_means_what_it_meant_once_it_is_gone(string memory)
    {
        var before = Environment.GetEnvironmentVariable("KUBECONFIG");
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {"apiVersion":"v1","kind":"Config","current-context":"other",
             "clusters":[{"name":"other","cluster":{"server":"https://127.0.0.1:2","x-extra":"0123"}}],
             "users":[{"name":"u","user":{"token":"abc"}}],
             "contexts":[{"name":"other","context":{"cluster":"other","user":"u","namespace":"0123"}}]}
            """);
        try
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", file);
            session.Run($"Start-KubeCluster {name} -Runtime Simulated {memory} -Persist");
            Assert.Empty(session.Errors);
            Assert.Equal(["other", name], session.Run("Get-KubeContext").Select(context => (string)context.Properties["Name"].Value).Order(StringComparer.Ordinal));
            session.Run($"Stop-KubeCluster {name} -Remove -Confirm:$false");
            Assert.Empty(session.Errors);
            var text = File.ReadAllText(file);
            Assert.DoesNotContain(name, text, StringComparison.Ordinal);
            Assert.Contains("\"x-extra\": \"0123\"", text, StringComparison.Ordinal);
            Assert.Equal("0123", session.RunForOne("Get-KubeContext").Properties["Namespace"].Value);
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        session.Run($"Stop-KubeCluster {name}* -Remove -Confirm:$false");
        session.Dispose();
    }
}
