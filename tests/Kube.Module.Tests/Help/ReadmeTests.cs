using System.Text.RegularExpressions;

namespace Kube.Module.Tests.Help;

/// <summary>Runs what the README shows, a section in one session, with pods that are simulated.</summary>
[Collection(nameof(ExampleCollection))]
public sealed partial class ReadmeTests(ExampleCluster cluster) : IClassFixture<ExampleCluster>, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("Five minutes at the prompt", false)]
    [InlineData("Day to day", true)]
    [InlineData("A real cluster", true)]
    public async Task A_section_runs_as_it_is_written(string title, bool inhabited)
    {
        using var session = cluster.Open("readme-" + Guid.NewGuid().ToString("n")[..8], inhabited);
        session.Run("$ExecutionContext.SessionState.Path.SetLocation($args[0])", ModuleSession.RepositoryRoot);
        var blocks = Blocks(title);
        Assert.NotEmpty(blocks);

        foreach (var block in blocks)
        {
            await Task.Run(() => session.Run(Simulated().Replace(cluster.Localize(block), "Start-KubeCluster -Runtime Simulated"))).WaitAsync(Patience);
            Assert.True(session.Errors.Count == 0, $"{block}\n{string.Join('\n', session.Errors)}");
        }
    }

    public void Dispose() => cluster.Clear();

    /// <summary>The commands of a section, those aside that build the module.</summary>
    static string[] Blocks(string title)
    {
        var readme = File.ReadAllText(Path.Combine(ModuleSession.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");
        var section = readme.Split("\n## ").Single(part => part.StartsWith(title + "\n", StringComparison.Ordinal));
        return [.. Fence().Matches(section).Select(match => match.Groups[1].Value).Where(block => !block.StartsWith("dotnet build", StringComparison.Ordinal))];
    }

    [GeneratedRegex("```powershell\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^Start-KubeCluster", RegexOptions.Multiline)]
    private static partial Regex Simulated();
}
