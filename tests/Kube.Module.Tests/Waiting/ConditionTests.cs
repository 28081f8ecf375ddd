extern alias Client;
extern alias Module;

using System.Text;
using Client::Kube;
using Module::Kube.Module.Waiting;

namespace Kube.Module.Tests.Waiting;

/// <summary>What can be waited for, and when it has come.</summary>
public class ConditionTests
{
    static KubeObject Read(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json));

    const string Pod = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","generation":3,"labels":{"app.kubernetes.io/name":"web"}},
         "spec":{"replicas":2,"containers":[{"name":"c","image":"a=b"}]},
         "status":{"phase":"Running","ratio":0.50,"none":null,"on":true,"conditions":[{"type":"Ready","status":"True"},{"type":"Other","status":"False"}],
           "containerStatuses":[{"name":"a","ready":true,"restartCount":0},{"name":"b","ready":false,"restartCount":4}]}}
        """;

    [Theory]
    [InlineData("Ready", "Ready { }")]
    [InlineData("ready", "Ready { }")]
    [InlineData(" Created ", "Created { }")]
    [InlineData("exists", "Created { }")]
    [InlineData("create", "Created { }")]
    [InlineData("delete", "Deleted { }")]
    [InlineData("Deleted", "Deleted { }")]
    [InlineData("Condition=Available", "Condition { Type = Available, Status = True }")]
    [InlineData("condition = Available = Unknown", "Condition { Type = Available, Status = Unknown }")]
    public void What_is_meant(string text, string meant) => Assert.Equal(meant, WaitCondition.Parse(text).ToString()!.Replace("TakesAbsence = True", "").Replace("TakesAbsence = False, ", "").Replace("TakesAbsence = False", "").Replace("  ", " "));

    [Theory]
    [InlineData("")]
    [InlineData("Running")]
    [InlineData("Ready=True")]
    [InlineData("Deleted=")]
    [InlineData("Condition")]
    [InlineData("Condition=")]
    [InlineData("Condition==True")]
    [InlineData("Condition=Ready=")]
    [InlineData("JsonPath")]
    [InlineData("JsonPath=")]
    [InlineData("JsonPath={.a}=")]
    [InlineData("JsonPath={.a")]
    [InlineData("JsonPath={.a..b}")]
    [InlineData("JsonPath={.a[}=1")]
    public void What_is_nothing_to_wait_for(string text) => Assert.Throws<FormatException>(() => WaitCondition.Parse(text));

    [Theory]
    [InlineData("{.status.phase}=Running", null)]
    [InlineData("$.status.phase=Running", null)]
    [InlineData(".status.phase=Running", null)]
    [InlineData("status.phase=Running", null)]
    [InlineData("{.status.phase} = 'Running'", null)]
    [InlineData("{.status.phase}=\"Running\"", null)]
    [InlineData("{.status.phase}", null)]
    [InlineData("{.status.phase}=running", "{.status.phase} is 'Running'")]
    [InlineData("{.status.phase}=Pending", "{.status.phase} is 'Running'")]
    [InlineData("{.spec.containers[0].image}=a=b", null)]
    [InlineData("{.spec.replicas}=2", null)]
    [InlineData("{.spec.replicas}=2.0", null)]
    [InlineData("{.spec.replicas}=3", "{.spec.replicas} is 2")]
    [InlineData("{.status.ratio}=0.5", null)]
    [InlineData("{.status.on}=True", null)]
    [InlineData("{.status.on}=false", "{.status.on} is true")]
    [InlineData("{.status.none}", "it has no {.status.none}")]
    [InlineData("{.status.nothing}=1", "it has no {.status.nothing}")]
    [InlineData("{.status.conditions[?(@.type==\"Ready\")].status}=True", null)]
    [InlineData("{.status.conditions[?(@.type==\"Other\")].status}=True", "{.status.conditions[?(@.type==\"Other\")].status} is 'False'")]
    [InlineData("{.status.containerStatuses[*].ready}=true", "{.status.containerStatuses[*].ready} is false")]
    [InlineData("{.status.containerStatuses[-1].restartCount}=4", null)]
    [InlineData("{.metadata.labels['app.kubernetes.io/name']}=web", null)]
    [InlineData("{.metadata.labels.app\\.kubernetes\\.io/name}=web", null)]
    [InlineData("{.spec}=x", "{.spec} is an object")]
    [InlineData("{.spec.containers}=x", "{.spec.containers} is a list")]
    public void A_value_at_a_path(string path, string? reason)
    {
        var verdict = WaitCondition.Parse("JsonPath=" + path).Judge(Read(Pod));

        Assert.Equal(reason, (verdict as WaitVerdict.NotYet)?.Reason);
        Assert.Equal(reason is null, verdict is WaitVerdict.Met);
    }

    [Theory]
    [InlineData("Ready", "Never")]
    [InlineData("Condition=Ready", "Never")]
    [InlineData("JsonPath=.a", "Never")]
    [InlineData("Created", "NotYet")]
    [InlineData("Deleted", "Met")]
    public void An_object_that_is_not_there(string condition, string verdict) => Assert.Equal(verdict, WaitCondition.Parse(condition).Judge(null).GetType().Name);

    [Theory]
    [InlineData("""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x"}}""", "")]
    [InlineData("""{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"x"},"status":{"phase":"Active"}}""", "")]
    [InlineData("""{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"x"},"status":{"phase":"Terminating"}}""", "NotYet: it is Terminating")]
    [InlineData("""{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"x"},"status":{"phase":"Pending"}}""", "NotYet: it is Pending")]
    [InlineData("""{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"x"}}""", "NotYet: it has no phase yet")]
    [InlineData("""{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"x"},"status":{"phase":"Bound"}}""", "")]
    [InlineData("""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"x"},"spec":{"completions":3},"status":{"succeeded":1}}""", "NotYet: 1 of 3 pods have succeeded")]
    [InlineData("""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"x"},"status":{"conditions":[{"type":"Complete","status":"True"}]}}""", "")]
    [InlineData("""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"x"},"status":{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"too often"}]}}""", "Never: it has failed: too often")]
    [InlineData("""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"x"},"status":{"conditions":[{"type":"Suspended","status":"True"}]}}""", "NotYet: it is suspended")]
    [InlineData("""{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"x","generation":2},"spec":{"replicas":1},"status":{"observedGeneration":1}}""", "NotYet: its controller has not seen the change yet")]
    [InlineData("""{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"x","generation":2},"spec":{"replicas":1},"status":{"observedGeneration":2,"replicas":1,"updatedReplicas":1,"availableReplicas":1}}""", "")]
    [InlineData("""{"kind":"ReplicaSet","apiVersion":"apps/v1","metadata":{"name":"x"},"spec":{"replicas":2},"status":{"replicas":2,"readyReplicas":1}}""", "NotYet: there are 2, 1 of them ready")]
    [InlineData("""{"kind":"Node","apiVersion":"v1","metadata":{"name":"x"},"status":{"conditions":[{"type":"DiskPressure","status":"False"},{"type":"Ready","status":"False","message":"no network"}]}}""", "NotYet: no network")]
    [InlineData("""{"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"x"},"status":{"conditions":[{"type":"NamesAccepted","status":"True"},{"type":"Established","status":"True"}]}}""", "")]
    [InlineData("""{"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"x"}}""", "NotYet: its status says nothing of being ready; Condition=TYPE and JsonPath=PATH=VALUE wait for what it does say")]
    [InlineData("""{"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"x"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}""", "")]
    [InlineData("""{"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"x","generation":2},"status":{"observedGeneration":1,"conditions":[{"type":"Ready","status":"True"}]}}""", "NotYet: its controller has not seen the change yet")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"},"status":{"phase":"Succeeded"}}""", "Never: it has finished: Succeeded")]
    public void Ready_is_what_its_kind_has_for_it(string json, string wanted)
    {
        var told = WaitCondition.Parse("Ready").Judge(Read(json)) switch
        {
            WaitVerdict.NotYet waiting => "NotYet: " + waiting.Reason,
            WaitVerdict.Never never => "Never: " + never.Reason,
            _ => "",
        };

        Assert.Equal(wanted, told);
    }

    [Theory]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}""", "nothing has deleted it")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x","deletionTimestamp":"2026-01-01T00:00:00Z"}}""", "its containers are still ending")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x","deletionTimestamp":"2026-01-01T00:00:00Z","finalizers":["a/b","c/d"]}}""", "its finalizers a/b, c/d hold it")]
    [InlineData("""{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"x","deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"conditions":[{"type":"NamespaceContentRemaining","status":"True","message":"pods. has 1"}]}}""", "pods. has 1")]
    [InlineData("""{"kind":"Service","apiVersion":"v1","metadata":{"name":"x","deletionTimestamp":"2026-01-01T00:00:00Z"}}""", "it is still ending")]
    public void What_keeps_an_object_from_going(string json, string reason) => Assert.Equal(reason, Assert.IsType<WaitVerdict.NotYet>(WaitCondition.Parse("Deleted").Judge(Read(json))).Reason);
}
