namespace Kube.Module.Tests.Objects;

public sealed class KubeMapTests
{
    [Fact]
    public void Probe()
    {
        using var session = new ModuleSession();
        var shown = session.Show("""
            Import-Module "$($args[0])/Kube.psd1" -ErrorAction Stop
            $utf = [Text.Encoding]::UTF8
            function o($t) { [Kube.KubeObject]::Parse($utf.GetBytes($t)) }
            $now = [datetime]::UtcNow.AddMinutes(-7).ToString('yyyy-MM-ddTHH:mm:ssZ')
            $pod = o "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-7d4b9c6f5-x2x8z','namespace':'kube-system','creationTimestamp':'$now'},'spec':{'nodeName':'n','containers':[{'name':'web','image':'nginx'},{'name':'b'}]},'status':{'phase':'Running','containerStatuses':[{'name':'web','restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff','message':'back-off'}},'lastState':{'terminated':{'exitCode':137,'reason':'Error','finishedAt':'$now'}}}]}}".Replace("'",'"')
            $pod
            (o "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'b'}}".Replace("'",'"'))
            $pod.ContainerStatuses
            $pod.spec
            "end"
            [Kube.KubeLogLine]::Parse('a','b',('long words here ' * 10))
            [Kube.KubeLogLine]::Parse('a','b','    at Foo')
            (o "{'apiVersion':'v1','kind':'Service','metadata':{'name':'b'}}".Replace("'",'"'))
            (o "{'apiVersion':'v1','kind':'Event','metadata':{'name':'b'},'lastTimestamp':'$now','message':'a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5'}".Replace("'",'"'))
            (o "{'apiVersion':'v1','kind':'Nodez','metadata':{'name':'b'},'lastTimestamp':'$now','message':'a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5'}".Replace("'",'"'))
            $v = o "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'b'},'data':{'aaa':'eHl6'}}".Replace("'",'"')
            "props: $($v.data.PSObject.Properties.Name) $($v.data.pstypenames)"
            "comp: " + ([System.Management.Automation.CommandCompletion]::CompleteInput('$v.da', 5, $null).CompletionMatches.CompletionText -join ' ')
            $global:v = $v
            "comp: " + ([System.Management.Automation.CommandCompletion]::CompleteInput('$v.da', 5, $null).CompletionMatches.CompletionText -join ' ')
            "comp: " + ([System.Management.Automation.CommandCompletion]::CompleteInput('$v.data.', 8, $null).CompletionMatches.CompletionText -join ' ')
            """, ModuleSession.ModulePath);
        Assert.Fail(shown + "\n" + string.Join("\n", session.Errors.Select(e => e.ToString())));
    }
}
