extern alias Client;
extern alias Module;

using System.Management.Automation;
using System.Text;
using Client::Kube;
using Module::Kube.Module.Base;
using Module::Kube.Module.Waiting;

namespace Kube.Module.Tests.Waiting;

/// <summary>What is seen, and what that comes to.</summary>
public class ObjectWaitTests
{
    static readonly KubeApi Api = new(new KubeConnection(new KubeConnectionOptions { Name = "test", Server = new Uri("http://127.0.0.1:1") }));

    static KubeObject Pod(string name, bool ready = false, string uid = "u") => KubeObject.Parse(Encoding.UTF8.GetBytes(
        $$$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"a","uid":"{{{uid}}}"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"{{{ready}}}"}]}}"""));

    static KubeWatchEvent Added(KubeObject pod) => new(KubeWatchEventType.Added, pod);

    static KubeWatchEvent Changed(KubeObject pod) => new(KubeWatchEventType.Modified, pod);

    static KubeWatchEvent Gone(string name) => new(KubeWatchEventType.Deleted, Pod(name));

    static ObjectWait Query(string condition, string? pattern = null) =>
        ObjectWait.OfQuery(Api, new ObjectQuery(KubeResources.Pods, "a", new ListOptions()), pattern is null ? null : WildcardPattern.Get(pattern, WildcardOptions.None), WaitCondition.Parse(condition));

    static ObjectWait Names(string condition, params (string Name, string? Uid)[] names) =>
        ObjectWait.OfNames(Api, KubeResources.Pods, "a", names.ToDictionary(name => name.Name, name => name.Uid), WaitCondition.Parse(condition));

    static string Tell(IEnumerable<WaitOutcome> outcomes) => string.Join(", ", outcomes.Select(outcome => $"{outcome.GetType().Name} {outcome.Name}").Order());

    [Fact]
    public void One_name_that_is_ready_at_once()
    {
        var wait = Names("Ready", ("x", null));

        Assert.Equal("Met x", Tell(wait.Begin([Pod("x", ready: true)])));
        Assert.True(wait.IsDone);
        Assert.Equal("metadata.name=x", wait.Query.Options.FieldSelector);
    }

    [Fact]
    public void Several_names_each_in_its_time()
    {
        var wait = Names("Ready", ("x", null), ("y", null), ("z", null));

        Assert.Equal("Met y, Refused z", Tell(wait.Begin([Pod("x"), Pod("y", ready: true), Pod("other", ready: true)])));
        Assert.Equal("", Tell(wait.Apply(Changed(Pod("other", ready: true)))));
        Assert.Equal((false, 1, 2), (wait.IsDone, wait.Pending, wait.Settled));
        Assert.Equal("Never x", Tell(wait.Apply(Gone("x"))));
        Assert.True(wait.IsDone);
        Assert.Null(wait.Query.Options.FieldSelector);
    }

    [Fact]
    public void What_is_not_there_may_be_waited_for()
    {
        var wait = Names("Created", ("x", null));

        Assert.Equal("", Tell(wait.Begin([])));
        Assert.Equal("x: it is not there yet", wait.Reason);
        Assert.Equal("Met x", Tell(wait.Apply(Added(Pod("x")))));
        Assert.Equal("Met x", Tell(Names("Deleted", ("x", null)).Begin([])));
        Assert.Equal("Refused x", Tell(Names("Ready", ("x", null)).Begin([])));
    }

    [Fact]
    public void Another_object_of_the_name_is_not_the_one_that_was_to_go()
    {
        Assert.Equal("Met x", Tell(Names("Deleted", ("x", "old")).Begin([Pod("x", uid: "new")])));
        var wait = Names("Deleted", ("x", "u"));
        Assert.Equal("", Tell(wait.Begin([Pod("x")])));
        Assert.Equal("Met x", Tell(wait.Apply(Gone("x"))));
        Assert.Equal("", Tell(wait.Apply(Added(Pod("x", uid: "new")))));
    }

    [Fact]
    public void A_query_waits_for_the_first_and_then_for_all_that_come_meanwhile()
    {
        var wait = Query("Ready", "w*");

        Assert.Equal("", Tell(wait.Begin([Pod("other", ready: true)])));
        Assert.Equal((false, "there is none yet"), (wait.IsDone, wait.Reason));
        Assert.Equal("", Tell(wait.Apply(Added(Pod("w1")))));
        Assert.Equal("", Tell(wait.Apply(Added(Pod("w2")))));
        Assert.Equal("Met w1", Tell(wait.Apply(Changed(Pod("w1", ready: true)))));
        Assert.False(wait.IsDone);
        // It has been handed on: what becomes of it then does not matter.
        Assert.Equal("", Tell(wait.Apply(Changed(Pod("w1")))));
        Assert.Equal("Met w2", Tell(wait.Apply(Changed(Pod("w2", ready: true)))));
        Assert.True(wait.IsDone);
    }

    [Fact]
    public void A_query_forgets_what_goes()
    {
        var wait = Query("Ready");
        Assert.Equal("Met b", Tell(wait.Begin([Pod("a"), Pod("b", ready: true)])));
        Assert.Equal("", Tell(wait.Apply(Gone("a"))));
        Assert.True(wait.IsDone);

        var empty = Query("Ready");
        Assert.Equal("", Tell(empty.Begin([Pod("a")])));
        Assert.Equal("", Tell(empty.Apply(Gone("a"))));
        Assert.False(empty.IsDone);
    }

    [Fact]
    public void What_is_to_go_is_what_was_there()
    {
        Assert.True(Begun(Query("Deleted")).IsDone);
        var wait = Begun(Query("Deleted"), Pod("a"), Pod("b"));
        Assert.Equal("Met a", Tell(wait.Apply(Gone("a"))));
        Assert.Equal("", Tell(wait.Apply(Added(Pod("c")))));
        Assert.Equal("Met b", Tell(wait.Apply(Gone("b"))));
        Assert.True(wait.IsDone);
    }

    [Fact]
    public void Time_that_is_up_tells_of_all_that_are_left()
    {
        Assert.Equal("TimeUp a, TimeUp b", Tell(Begun(Query("Ready"), Pod("a"), Pod("b"), Pod("c", ready: true)).GiveUp()));
        Assert.Equal("TimeUp ", Tell(Begun(Query("Ready")).GiveUp()));
        Assert.Equal("TimeUp x, TimeUp y", Tell(Names("Ready", ("x", null), ("y", null)).GiveUp()));
        var done = Begun(Query("Ready"), Pod("c", ready: true));
        Assert.Empty(done.GiveUp());
    }

    [Fact]
    public void A_server_that_is_away_is_the_reason_until_it_is_back()
    {
        var wait = Begun(Names("Ready", ("x", null)), Pod("x"));
        wait.Lose(new KubeConnectionException(KubeConnectionFault.Unreachable, "Nobody answers."));
        Assert.Equal("Nobody answers", wait.Reason);
        Assert.Equal("", Tell(wait.Apply(Changed(Pod("x")))));
        Assert.StartsWith("x: ", wait.Reason);
        wait.Lose(new KubeConnectionException(KubeConnectionFault.Unreachable, "Nobody answers."));
        Assert.StartsWith("Nobody answers; before, ", Assert.IsType<WaitOutcome.TimeUp>(Assert.Single(wait.GiveUp())).Reason);
    }

    [Fact]
    public void A_watch_that_fails_ends_it()
    {
        var wait = Names("Ready", ("x", null));
        var error = new KubeOperationException(new KubeStatus(403, "Forbidden", "no"));

        Assert.Same(error, Assert.Throws<KubeOperationException>(() => Assert.Single(wait.Fail(error)).Get("Ready", 1)));
        Assert.True(wait.IsDone);
    }

    static ObjectWait Begun(ObjectWait wait, params KubeObject[] found)
    {
        wait.Begin(found);
        return wait;
    }
}
