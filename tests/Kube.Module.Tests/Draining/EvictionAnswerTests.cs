using System.Reflection;

namespace Kube.Module.Tests.Draining;

/// <summary>What refusals mean to Clear-KubeNode, of the module as it is packed.</summary>
public sealed class EvictionAnswerTests
{
    [Theory]
    [InlineData("KubeOperationException", "404 NotFound -", "Gone")]
    [InlineData("KubeOperationException", "409 Conflict -", "NotYet: refused.")]
    [InlineData("KubeOperationException", "429 TooManyRequests DisruptionBudget", "NotYet: refused. because.")]
    [InlineData("KubeOperationException", "504 Timeout -", "NotYet: refused.")]
    [InlineData("KubeOperationException", "403 Forbidden NamespaceTerminating", "NotYet: refused. because.")]
    [InlineData("KubeOperationException", "403 Forbidden -", "Never")]
    [InlineData("KubeOperationException", "403 Forbidden Other", "Never")]
    [InlineData("KubeOperationException", "500 InternalError -", "Never")]
    [InlineData("KubeOperationException", "400 BadRequest -", "Never")]
    [InlineData("KubeConnectionException", "Unreachable", "NotYet: lost")]
    [InlineData("KubeConnectionException", "Timeout", "NotYet: lost")]
    [InlineData("KubeConnectionException", "Certificate", "Never")]
    [InlineData("KubeConnectionException", "Credentials", "Never")]
    public void Only_what_a_wait_can_mend_is_asked_again(string exception, string facts, string expected)
    {
        using var session = new ModuleSession();
        var refusal = session.RunForOne(exception == "KubeOperationException"
            ? """
              $code, $reason, $cause = -split $args[0]
              $status = [Kube.KubeStatus]::new($code, $reason, 'refused.')
              if ($cause -ne '-') { [Kube.KubeStatus].GetProperty('Causes').SetValue($status, [Kube.KubeStatusCause[]]@([Kube.KubeStatusCause]::new($cause, 'because', $null))) }
              [Kube.KubeOperationException]::new($status)
              """
            : "[Kube.KubeConnectionException]::new($args[0], 'lost', $null)", facts).BaseObject;
        var type = ((Type)session.RunForOne("(Get-Command Clear-KubeNode).ImplementingType").BaseObject).Assembly.GetType("Kube.Module.Draining.EvictionAnswer", throwOnError: true)!;

        var answer = type.GetMethod("Of", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [refusal])!;

        Assert.Equal(expected, answer.GetType().Name + (answer.GetType().GetProperty("Reason")?.GetValue(answer) is { } reason ? ": " + reason : ""));
    }
}
