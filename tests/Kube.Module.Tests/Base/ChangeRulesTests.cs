using System.Management.Automation;

namespace Kube.Module.Tests.Base;

/// <summary>Whatever changes something asks first where it is told to, and says nothing of it unless that is wanted.</summary>
public sealed class ChangeRulesTests : IDisposable
{
    // What a command can do is asked of its session.
    readonly ModuleSession _session = new();

    static readonly HashSet<string> ChangingVerbs =
        ["Clear", "Connect", "Copy", "Disconnect", "New", "Remove", "Restart", "Resume", "Set", "Start", "Stop", "Suspend", "Undo", "Update", "Use"];

    // What they make is what they are called for.
    static readonly HashSet<string> ReturningVerbs = ["Connect", "New", "Start"];

    [Fact]
    public void Every_change_can_be_asked_about()
    {
        Assert.Empty(Changing().Where(cmdlet => !cmdlet.Parameters.ContainsKey("WhatIf")).Select(cmdlet => cmdlet.Name));
    }

    [Fact]
    public void Changes_are_silent_and_hand_on_what_they_changed_on_request()
    {
        var silent = Changing().Where(cmdlet => !ReturningVerbs.Contains(cmdlet.Verb) && cmdlet.Name != "Set-KubeResource").ToList();

        Assert.Empty(silent.Where(cmdlet => !cmdlet.Parameters.ContainsKey("PassThru")).Select(cmdlet => cmdlet.Name));
        Assert.Empty(silent.Where(cmdlet => cmdlet.OutputType.Count == 0).Select(cmdlet => cmdlet.Name));
        Assert.Empty(Changing().Except(silent).Where(cmdlet => cmdlet.Parameters.ContainsKey("PassThru")).Select(cmdlet => cmdlet.Name));
    }

    [Fact]
    public void Only_what_loses_much_asks_without_being_told_to()
    {
        var high = Cmdlets().Where(cmdlet => cmdlet.ImplementingType.GetCustomAttributes(false).OfType<CmdletAttribute>().Single().ConfirmImpact == ConfirmImpact.High).Select(cmdlet => cmdlet.Name);

        Assert.Equal(["Clear-KubeNode", "Remove-KubeNamespace"], high.Order());
    }

    public void Dispose() => _session.Dispose();

    List<CmdletInfo> Changing() => [.. Cmdlets().Where(cmdlet => ChangingVerbs.Contains(cmdlet.Verb))];

    List<CmdletInfo> Cmdlets()
    {
        List<CmdletInfo> all = [.. _session.Run("Get-Command -Module Kube -CommandType Cmdlet").Select(item => (CmdletInfo)item.BaseObject)];
        Assert.True(all.Count > 60);
        return all;
    }
}
