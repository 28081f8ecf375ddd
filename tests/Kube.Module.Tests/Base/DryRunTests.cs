using System.Management.Automation;

namespace Kube.Module.Tests.Base;

/// <summary>Whatever changes objects of a cluster can be asked first what it would change.</summary>
public sealed class DryRunTests
{
    // These change something else: this machine, this session, files, or only who is connected to what.
    static readonly HashSet<string> Elsewhere =
    [
        "Connect-KubeCluster", "Copy-KubeItem", "Disconnect-KubeCluster", "Remove-KubeRegistryCredential", "Set-KubeRegistryCredential", "Start-KubeAgent", "Start-KubeCluster", "Start-KubePortForward", "Start-KubeProxy", "Stop-KubeAgent", "Stop-KubeCluster",
        "Stop-KubePortForward", "Stop-KubeProxy", "Use-KubeContext",
    ];

    [Fact]
    public void Every_cmdlet_that_changes_objects_has_a_dry_run()
    {
        using var session = new ModuleSession();
        var changing = session.Run("Get-Command -Module Kube -CommandType Cmdlet").Select(item => (CmdletInfo)item.BaseObject).Where(cmdlet => cmdlet.Parameters.ContainsKey("WhatIf")).ToList();

        Assert.True(changing.Count > 20);
        Assert.Empty(changing.Where(cmdlet => !Elsewhere.Contains(cmdlet.Name) && !cmdlet.Parameters.ContainsKey("DryRun")).Select(cmdlet => cmdlet.Name));
        Assert.Empty(changing.Where(cmdlet => Elsewhere.Contains(cmdlet.Name) && cmdlet.Parameters.ContainsKey("DryRun")).Select(cmdlet => cmdlet.Name));
        Assert.All(changing.Where(cmdlet => cmdlet.Parameters.ContainsKey("DryRun")), cmdlet => Assert.Contains(cmdlet.OutputType, type => type.Name == "Kube.KubeFieldDifference"));
    }
}
