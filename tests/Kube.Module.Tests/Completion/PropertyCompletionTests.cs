using Kube.Module.Tests.Help;

namespace Kube.Module.Tests.Completion;

/// <summary>Properties after the pipe, by the engine's own completion.</summary>
public sealed class PropertyCompletionTests : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session;
    readonly Place _place;

    public PropertyCompletionTests(SimulatedCluster cluster)
    {
        _session = cluster.Connect();
        _place = new Place(_session, cluster);
        _session.Run("""
            Import-Module $args[0]
            # The engine's own completion of members sorts them with a cmdlet that it lacks by itself.
            New-Module -Name Microsoft.PowerShell.Utility { function Sort-Object { param($Property) $input } } | Import-Module
            $null = New-KubeDeployment web busybox
            """, ExampleCluster.ShellCommands);
        Assert.Empty(_session.Errors);
        TestCluster.WaitUntil(_session, "[bool](Get-KubeResource rs)");
        _session.Run("$sets = Get-KubeResource rs; $set = $sets | Select-Object -First 1; $numbers = 1, 2");
    }

    /// <summary>Pressed again where there is nothing, as a person does while a slow cluster makes up its mind.</summary>
    string Press(string typed)
    {
        for (var press = 1; ; press++)
        {
            var found = _session.Run("(TabExpansion2 $args[0] $args[0].Length).CompletionMatches | Where-Object ResultType -eq Property | ForEach-Object CompletionText", typed);
            if (found.Count > 0 || press == 5) return string.Join('|', found);
        }
    }

    [Theory]
    // A kind with a type of its own, whether or not there are objects.
    [InlineData("Get-KubeResource deploy | Where-Object ReadyR", "ReadyReplicas")]
    [InlineData("Get-KubeResource deploy | Where readyr", "ReadyReplicas")]
    [InlineData("Get-KubeResource deploy | ? Rea", "Ready|ReadyReplicas")]
    [InlineData("Get-KubeResource jobs | Where-Object Compl", "Completions|CompletionTime")]
    [InlineData("Get-KubeResource deploy/web, svc | Where-Object ClusterI", "ClusterIP")]
    [InlineData("Wait-KubeResource deploy web | Select-Object ReadyR", "ReadyReplicas")]
    // One whose columns the server alone knows.
    [InlineData("Get-KubeResource rs | Where-Object Des", "Desired")]
    [InlineData("Get-KubeResource rs web* | Select-Object Name, Des", "Desired")]
    [InlineData("Get-KubeResource rs | Select-Object -ExpandProperty Des", "Desired")]
    [InlineData("Get-KubeResource rs | Sort-Object Des", "Desired")]
    [InlineData("Get-KubeResource rs | ForEach-Object Des", "Desired")]
    [InlineData("Get-KubeResource rs | ForEach-Object spe", "Spec")]
    [InlineData("Get-KubeResource rs | Where-Object Name -like w* | Sort-Object Age | Select-Object -First 2 | Where-Object Des", "Desired")]
    // What is in a variable.
    [InlineData("$sets | Where-Object Des", "Desired")]
    [InlineData("$set | Select-Object Des", "Desired")]
    // Where the engine knows better, its answer stands.
    [InlineData("Get-KubePod | Where-Object RestartC", "RestartCount")]
    [InlineData("Get-Module | Where-Object Vers", "Version")]
    [InlineData("Get-KubeResource rs | Select-Object Name | Where-Object Des", "")]
    [InlineData("Get-KubeResource rs | ForEach-Object { 1 } | Where-Object Des", "")]
    [InlineData("Get-KubeResource nonsense | Where-Object Des", "")]
    [InlineData("Get-KubeResource $unknown | Where-Object Des", "")]
    [InlineData("$numbers | Where-Object Des", "")]
    public void Properties_are_those_of_what_comes_down_the_pipeline(string typed, string offered) => Assert.Equal(offered, Press(typed));

    public void Dispose()
    {
        _place.Dispose();
        _session.Dispose();
    }
}
