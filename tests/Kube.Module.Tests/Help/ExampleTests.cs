using System.Text.RegularExpressions;
using Kube.Help.Pages;

namespace Kube.Module.Tests.Help;

/// <summary>Runs every example of the help.</summary>
[Collection(nameof(ExampleCollection))]
public sealed partial class ExampleTests(ExampleCluster cluster) : IClassFixture<ExampleCluster>, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    static readonly string Docs = Path.Combine(ModuleSession.RepositoryRoot, "docs");

    static readonly IReadOnlyList<HelpPage> Pages = [.. Directory.EnumerateFiles(Path.Combine(Docs, "cmdlets"), "*.md").Order(StringComparer.Ordinal).Select(path => PageReader.Read(File.ReadAllText(path)))];

    /// <summary>Those that do not run here, and what they lack. There are to be few.</summary>
    static readonly string[] Elsewhere =
    [
        "Enter-KubePod 1 needs-terminal",
        "Enter-KubePod 2 needs-terminal",
        "Get-KubeLog 4 needs-interrupt",
        "Get-KubeLog 5 needs-interrupt",
        "Start-KubeAgent 2 needs-docker",
        "Start-KubeCluster 1 needs-docker",
        "Test-KubeRegistryCredential 1 needs-registry",
        "Test-KubeRegistryCredential 2 needs-registry",
        "Test-KubeRegistryCredential 3 needs-registry",
    ];

    bool _isUntidy;

    public static TheoryData<string, int> Examples => new(from page in Pages from example in page.Examples.Index() where example.Item.Need.Length == 0 select (page.Name, example.Index + 1));

    public static TheoryData<string, int> AboutExamples => new(from path in Directory.EnumerateFiles(Path.Combine(Docs, "about"), "*.md").Order(StringComparer.Ordinal)
                                                              from index in Enumerable.Range(0, Fences(path).Length)
                                                              select (Path.GetFileNameWithoutExtension(path), index + 1));

    [Fact]
    public void Few_examples_do_not_run_here() =>
        Assert.Equal(Elsewhere, from page in Pages from example in page.Examples.Index() where example.Item.Need.Length > 0 select $"{page.Name} {example.Index + 1} {example.Item.Need}");

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_runs(string name, int number)
    {
        var example = Pages.Single(page => page.Name == name).Examples[number - 1];

        var output = Looking().IsMatch(name) && !Changing().IsMatch(example.Code) ? await LookAsync(example.Code) : await RunAsync(example.Code, inhabited: !EmptyPlace().IsMatch(name));

        // What looks for trouble may find none, and a file takes what it is given; all else that reads or makes has something to show.
        if (LooksForTrouble().IsMatch(example.Title) || example.Code.Contains("-WhatIf", StringComparison.Ordinal) || example.Code.Contains("| Set-Content ", StringComparison.Ordinal)) return;
        if (name.StartsWith("Get-", StringComparison.Ordinal) || name.StartsWith("New-", StringComparison.Ordinal) || name.StartsWith("ConvertTo-", StringComparison.Ordinal)) Assert.NotEmpty(output);
    }

    [Theory, MemberData(nameof(AboutExamples))]
    public async Task An_example_of_a_topic_runs(string name, int number) => await RunAsync(Fences(Path.Combine(Docs, "about", name + ".md"))[number - 1], inhabited: true);

    public void Dispose()
    {
        if (_isUntidy) cluster.Clear();
    }

    /// <summary>Runs what changes nothing, in the place of all that do not.</summary>
    async Task<IReadOnlyList<string>> LookAsync(string code)
    {
        using var session = cluster.Visit();
        return await RunAsync(session, code);
    }

    async Task<IReadOnlyList<string>> RunAsync(string code, bool inhabited)
    {
        _isUntidy = true;
        using var session = cluster.Open("help-" + Guid.NewGuid().ToString("n")[..8], inhabited, hasHistory: code.Contains("Rollout", StringComparison.Ordinal));
        return await RunAsync(session, code);
    }

    async Task<IReadOnlyList<string>> RunAsync(ModuleSession session, string code)
    {
        var output = await Task.Run(() => session.Run(cluster.Localize(code))).WaitAsync(Patience);
        Assert.Empty(session.Errors);
        return [.. output.Select(item => item?.ToString() ?? "")];
    }

    static string[] Fences(string path) => [.. Fence().Matches(File.ReadAllText(path).ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("```powershell\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    /// <summary>Cmdlets that look or act within pods, and what an example of theirs may do beside that others would see.</summary>
    [GeneratedRegex("^(Compare|ConvertTo|Copy|Get|Invoke|Test|Wait|Watch)-")]
    private static partial Regex Looking();

    [GeneratedRegex(@"\b(Clear|Connect|Disconnect|Import|New|Remove|Restart|Resume|Set|Start|Stop|Suspend|Undo|Update|Use)-Kube|Rollout|Set-Content|\$env:")]
    private static partial Regex Changing();

    /// <summary>What is made is made in an empty place, and some cmdlets care for no place; all else is done in one where something lives.</summary>
    [GeneratedRegex("^(New|Start|Stop)-(?!KubePortForward)|-Kube(RegistryCredential|Context)$")]
    private static partial Regex EmptyPlace();

    [GeneratedRegex("^(Find|Follow|See what went wrong)")]
    private static partial Regex LooksForTrouble();
}

/// <summary>The examples have the environment's variables for themselves.</summary>
[CollectionDefinition(nameof(ExampleCollection), DisableParallelization = true)]
public sealed class ExampleCollection;
