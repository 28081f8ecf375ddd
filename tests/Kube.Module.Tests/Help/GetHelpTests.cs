namespace Kube.Module.Tests.Help;

/// <summary>What Get-Help shows of the pages.</summary>
public sealed class GetHelpTests : IDisposable
{
    readonly ModuleSession _session = new();

    [Fact]
    public void Every_cmdlet_has_its_synopsis_and_examples()
    {
        var without = _session.Run("Get-Command -Module Kube | ForEach-Object { $help = Get-Help $_.Name; if (-not $help.Synopsis.EndsWith('.') -or @($help.examples.example).Count -lt 2 -or -not $help.description) { $_.Name } }");

        Assert.Empty(without);
    }

    [Fact]
    public void Full_help_shows_every_section()
    {
        var shown = _session.Show("Get-Help New-KubePod -Full");

        foreach (var part in new[] { "Creates pods:", "New-KubePod -Uri <Uri[]>", "DESCRIPTION", "-MaximumBytes <Int32>", "10485760", "INPUTS", "OUTPUTS", "Kube.KubePod", "Example 1: Create a pod from a URL", "RELATED LINKS", "Wait-KubePod" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("```", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("](", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_show_code_and_remarks()
    {
        var shown = _session.Show("Get-Help New-KubePod -Examples");

        Assert.Contains("New-KubePod -Uri https://example.com/web.yaml", shown, StringComparison.Ordinal);
        Assert.Contains("The pod has one container, with the pod's name.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("DESCRIPTION", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void One_parameter_shows_what_it_is()
    {
        var shown = _session.Show("Get-Help New-KubePod -Parameter Uri");

        Assert.Matches(@"-Uri <Uri\[\]>\s+URLs of manifests", shown);
        Assert.Matches(@"Required\?\s+true", shown);
        Assert.Matches(@"Accept pipeline input\?\s+True \(ByPropertyName\)", shown);
        Assert.Matches(@"Aliases\s+Url", shown);
    }

    [Theory]
    [InlineData("about_Kube")]
    [InlineData("about_Kube_Connections")]
    [InlineData("about_Kube_Objects")]
    [InlineData("about_Kube_Registry")]
    public void A_topic_is_found_by_its_name(string name)
    {
        var shown = _session.Show($"Get-Help {name}");

        Assert.Contains("LONG DESCRIPTION", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("```", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 110));
    }

    public void Dispose() => _session.Dispose();
}
