namespace Kube.Module.Tests.EndToEnd;

public abstract class FieldChangeTests(TestCluster cluster) : EndToEndTests(cluster)
{
    const string Config = "@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'settings' }; data = @{ a = '1'; b = '2' } }";

    [Fact]
    public void Set_creates_then_changes_and_takes_away_what_is_no_longer_said()
    {
        Run($"$c = {Config}; $null = $c | Set-KubeResource; $c.data = @{{ a = '3' }}; $null = $c | Set-KubeResource");

        Assert.Equal("3", Text("(Get-KubeResource cm settings).data.a"));
        Assert.Equal("", Text("(Get-KubeResource cm settings).data.b"));
        Assert.Contains("kube", Text("(Get-KubeResource cm settings).Metadata.managedFields.manager"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_somebody_else_is_a_conflict_that_names_both_and_force_takes_it()
    {
        Run($"$c = {Config}; $null = $c | Set-KubeResource -FieldManager other; $c.data.a = 'mine'");

        var error = Refused("KubeConflict", "$c | Set-KubeResource");

        Assert.Contains("other", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(".data.a", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("1", Text("(Get-KubeResource cm settings).data.a"));
        Assert.Equal("mine", Text("($c | Set-KubeResource -Force).data.a"));
    }

    [Fact]
    public void Compare_and_dry_run_name_the_fields_and_change_nothing()
    {
        Run($"$c = {Config}; $null = $c | Set-KubeResource; $c.data = @{{ a = 'new'; c = '4' }}");
        const string show = " | ForEach-Object { '{0}:{1}:{2}:{3}' -f $_.Path, $_.Change, $_.Live, $_.Wanted }";
        string[] wanted = ["data.a:Changed:1:new", "data.b:Removed:2:", "data.c:Added::4"];

        foreach (var command in new[] { "$c | Compare-KubeResource", "$c | Set-KubeResource -DryRun" })
            Assert.Equal(wanted, Run(command + show).Select(line => line.ToString()).Order(StringComparer.Ordinal));

        Assert.Equal("1", Text("(Get-KubeResource cm settings).data.a"));
        Assert.Empty(Run($"{Config} | Compare-KubeResource"));
        Assert.Contains("data.x:Added::y", Run("@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'none' }; data = @{ x = 'y' } } | New-KubeResource -DryRun" + show).Select(line => line.ToString()));
        Refused("KubeNotFound", "Get-KubeResource cm none");
    }

    [Fact]
    public void What_a_secret_holds_is_in_no_comparison()
    {
        Run("$null = @{ apiVersion = 'v1'; kind = 'Secret'; metadata = @{ name = 's' }; stringData = @{ p = 'before' } } | New-KubeResource");

        var shown = Session.Show("@{ apiVersion = 'v1'; kind = 'Secret'; metadata = @{ name = 's' }; data = @{ p = 'bmV3' } } | Compare-KubeResource");

        Assert.Contains("data.p", shown, StringComparison.Ordinal);
        Assert.Contains("***", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("bmV3", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("YmVmb3Jl", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_object_changed_in_place_the_difference_goes_and_only_at_its_version()
    {
        Run($"$null = {Config} | New-KubeResource; $one = Get-KubeResource cm settings; $two = Get-KubeResource cm settings");

        Assert.Equal("changed", Text("$one.data.a = 'changed'; ($one | Update-KubeResource -PassThru).data.a"));
        Refused("KubeConflict", "$two.data.b = 'late'; $two | Update-KubeResource");

        Assert.Equal("changed 2", Text("$c = Get-KubeResource cm settings; $c.data.a, $c.data.b"));
        Assert.Equal("", Text("$c | Update-KubeResource"));
        Assert.Equal("data.b", Text("$c.data.b = 'soon'; ($c | Update-KubeResource -DryRun).Path"));
        Assert.Equal("", Text("$null = $c.data.Remove('b'); $c | Update-KubeResource; (Get-KubeResource cm settings).data.b"));
    }

    [Theory]
    [InlineData("@{ data = @{ a = 'new' } }", "")]
    [InlineData("'{\"data\":{\"a\":\"new\"}}'", "-PatchType Merge")]
    [InlineData("'data: {a: new}'", "-PatchType Strategic")]
    [InlineData("@{ op = 'replace'; path = '/data/a'; value = 'new' }", "-PatchType Json")]
    [InlineData("'[{\"op\":\"replace\",\"path\":\"/data/a\",\"value\":\"new\"}]'", "-PatchType Json")]
    public void Patches_come_as_tables_and_as_text(string patch, string options)
    {
        Run($"$null = {Config} | New-KubeResource; Update-KubeResource cm settings {patch} {options}");

        Assert.Equal("new 2", Text("$c = Get-KubeResource cm settings; $c.data.a, $c.data.b"));
    }

    [Theory]
    [InlineData("Update-KubeResource cm settings")]
    [InlineData("Update-KubeResource cm settings 'a: 1' -PatchType Json")]
    [InlineData("Update-KubeResource cm settings '[1]'")]
    [InlineData("Update-KubeResource cm settings 'a: {'")]
    [InlineData("$h = @{}; $h.a = $h; Update-KubeResource cm settings $h")]
    [InlineData("Update-KubeResource cm -Patch @{ data = @{} }")]
    [InlineData("Remove-KubeResource cm settings -TimeoutSec 3")]
    [InlineData("Remove-KubeResource cm settings -Wait -DryRun")]
    public void What_makes_no_sense_is_refused_and_nothing_happens(string command)
    {
        Run($"$null = {Config} | New-KubeResource");
        var before = Text("(Get-KubeResource cm settings).ResourceVersion");

        var error = Session.RunForError(command + " -ErrorAction Stop");

        Assert.StartsWith("KubeParameterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(before, Text("(Get-KubeResource cm settings).ResourceVersion"));
    }

    [Fact]
    public void Remove_asks_waits_and_says_what_holds_it_up()
    {
        Run($"$null = {Config} | New-KubeResource");
        Assert.Equal("Removed", Text("(Remove-KubeResource cm settings -DryRun).Change"));
        Run("Update-KubeResource cm settings @{ metadata = @{ finalizers = @('example.com/hold') } }");

        var error = Refused("KubeWaitTimeout", "Remove-KubeResource cm settings -Wait -TimeoutSec 1");

        Assert.Contains("example.com/hold", error.Exception.Message, StringComparison.Ordinal);
        Run("Update-KubeResource cm settings @{ metadata = @{ finalizers = $null } } -PatchType Merge");
        Assert.Equal("", Text("$null = " + Config + " | New-KubeResource; Remove-KubeResource cm settings -Force -Wait; Get-KubeResource cm settings*"));
    }

    [Fact]
    public void Kinds_are_found_by_name_group_verb_and_scope()
    {
        Assert.Equal("Pod", Text("(Get-KubeApiResource po).Kind"));
        Assert.Equal("deployments.apps", Text("\"$(Get-KubeApiResource deployments -Group apps)\""));
        Assert.Equal("", Text("Get-KubeApiResource -Namespaced:$false | Where-Object Namespaced"));
        Assert.Contains("nodes", Text("(Get-KubeApiResource -Namespaced:$false).Name"), StringComparison.Ordinal);
        Assert.Contains("pods", Text("(Get-KubeApiResource -Group core -Verb watch, delete -Category all).Name"), StringComparison.Ordinal);
        Refused("KubeUnknownKind", "Get-KubeApiResource nonsense");
    }
}

public sealed class EmbeddedFieldChangeTests(SimulatedCluster cluster) : FieldChangeTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesFieldChangeTests(KubernetesCluster cluster) : FieldChangeTests(cluster);
