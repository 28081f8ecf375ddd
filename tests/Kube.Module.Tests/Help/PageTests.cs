using System.Management.Automation;
using Kube.Help.Pages;

namespace Kube.Module.Tests.Help;

/// <summary>Holds docs/cmdlets against the loaded module. <c>KUBE_GOLDEN=write</c> writes syntax, parameters and types anew and leaves the prose alone.</summary>
public sealed class PageTests
{
    static readonly string Folder = Path.Combine(ModuleSession.RepositoryRoot, "docs", "cmdlets");

    static readonly Lazy<IReadOnlyDictionary<string, CmdletInfo>> Cmdlets = new(() =>
    {
        using var session = new ModuleSession();
        return session.Run("Get-Command -Module Kube").Select(command => (CmdletInfo)command.BaseObject).ToDictionary(cmdlet => cmdlet.Name);
    });

    static bool Writes => Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write";

    public static TheoryData<string> Names => [.. Cmdlets.Value.Keys.Order(StringComparer.Ordinal)];

    static string PathOf(string name) => Path.Combine(Folder, name + ".md");

    static HelpPage Read(string name) => PageReader.Read(File.ReadAllText(PathOf(name)));

    [Fact]
    public void Every_page_is_of_a_cmdlet()
    {
        var pages = Directory.EnumerateFiles(Folder, "*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

        Assert.Subset(Cmdlets.Value.Keys.ToHashSet(), pages.ToHashSet());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_page_has_the_syntax_parameters_and_types_of_its_cmdlet(string name)
    {
        if (Writes) File.WriteAllText(PathOf(name), PageWriter.Write(CmdletFacts.Refresh(File.Exists(PathOf(name)) ? Read(name) : new HelpPage(name), Cmdlets.Value[name])));

        Assert.True(File.Exists(PathOf(name)), $"{name} has no page: KUBE_GOLDEN=write makes one to fill in.");
        Assert.Equal(name, Read(name).Name);
        var page = File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n").Split('\n');
        var wanted = PageWriter.Write(CmdletFacts.Refresh(Read(name), Cmdlets.Value[name])).Split('\n');
        var line = page.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(page.SequenceEqual(wanted), $"{name}.md, line {line + 1}, is not as the cmdlet is: '{wanted.ElementAtOrDefault(line)}' is wanted. KUBE_GOLDEN=write writes it so; what is new is yours to explain.");
    }

    [Fact]
    public void A_page_written_anew_keeps_its_prose_and_no_parameter_that_is_gone()
    {
        var page = Read("Get-KubePod");
        var old = page with { Parameters = [new HelpParameter("Gone", "It was here.", []), new HelpParameter("Name", "My words.", [])], Outputs = [new HelpType("Gone", "It was here.")], ParameterSets = [] };

        var fresh = CmdletFacts.Refresh(old, Cmdlets.Value["Get-KubePod"]);

        Assert.Equal(page.Parameters.Select(parameter => parameter.Name), fresh.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("My words.", fresh.Parameters.Single(parameter => parameter.Name == "Name").Text);
        Assert.Equal(page.Outputs.Select(type => type.Name), fresh.Outputs.Select(type => type.Name));
        Assert.Equivalent(page.ParameterSets, fresh.ParameterSets);
        Assert.Equal(page.Examples, fresh.Examples);
        Assert.DoesNotContain("Kind", fresh.Parameters.Select(parameter => parameter.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_page_explains_everything(string name)
    {
        var page = Read(name);

        Assert.Matches(@"^[A-Z][^\n]+\.$", page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.All(page.Parameters, parameter => Assert.True(parameter.Text.EndsWith('.') || parameter.Text.EndsWith("```", StringComparison.Ordinal), $"-{parameter.Name} is not explained."));
        Assert.All(page.Inputs.Concat(page.Outputs), type => Assert.True(type.Text.Length > 0 || type.Name == "None", $"{type.Name} is not explained."));
        Assert.True(page.Examples.Count >= 2, "There are fewer than two examples.");
        Assert.All(page.Examples, example => Assert.Contains(name, example.Code, StringComparison.Ordinal));
        Assert.Distinct(page.Examples.Select(example => example.Title));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_page_refers_to_what_is_there(string name) => Assert.All(Read(name).Links, link =>
        Assert.True(link.Target.StartsWith("https://", StringComparison.Ordinal) || File.Exists(Path.Combine(Folder, link.Target)), $"{link.Target} is not there."));
}
