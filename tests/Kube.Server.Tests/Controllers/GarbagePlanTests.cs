using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Garbage;

namespace Kube.Server.Tests.Controllers;

public class GarbagePlanTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_object_of_nobody_stays() => Assert.IsType<GarbagePlan.Nothing>(Decide(Item("a")));

    [Theory]
    [InlineData(nameof(OwnerState.Present))]
    [InlineData(nameof(OwnerState.Unseen))]
    public void One_whose_owner_is_there_stays(string state) => Assert.IsType<GarbagePlan.Nothing>(Decide(Item("a", Owner("x")), Enum.Parse<OwnerState>(state)));

    [Fact]
    public void One_whose_only_owner_is_gone_goes() => Assert.Equal(new GarbagePlan.Delete("Background"), Decide(Item("a", Owner("x")), OwnerState.Absent));

    [Fact]
    public void One_that_is_going_already_is_left_to_it() =>
        Assert.IsType<GarbagePlan.Nothing>(Decide(Deleting(Item("a", Owner("x"))), OwnerState.Absent));

    [Theory]
    [InlineData("orphan", "Orphan")]
    [InlineData("foregroundDeletion", "Foreground")]
    [InlineData("example.com/own", "Background")]
    public void Its_finalizers_say_what_becomes_of_its_own(string finalizer, string policy) =>
        Assert.Equal(new GarbagePlan.Delete(policy), Decide(Item("a", Owner("x")) is var item ? item with { Metadata = item.Metadata with { Finalizers = [finalizer] } } : item, OwnerState.Absent));

    [Fact]
    public void Of_several_owners_one_is_enough_and_the_others_are_dropped()
    {
        var plan = GarbagePlan.Decide(Item("a", Owner("x"), Owner("y"), Owner("z")), [], o => o.Uid switch { "x" => OwnerState.Absent, "y" => OwnerState.Present, _ => OwnerState.WaitsForDependents });
        Assert.Equal(["y"], Assert.IsType<GarbagePlan.DropOwners>(plan).Keep.Select(o => o.Uid));
    }

    [Fact]
    public void It_goes_when_its_owner_waits_for_that() => Assert.Equal(new GarbagePlan.Delete("Background"), Decide(Item("a", Owner("x")), OwnerState.WaitsForDependents));

    [Fact]
    public void And_its_own_go_before_it() =>
        Assert.Equal(new GarbagePlan.Delete("Foreground"), GarbagePlan.Decide(Item("a", Owner("x")), [Item("b", Owner("a"))], _ => OwnerState.WaitsForDependents));

    [Fact]
    public void An_owner_deleted_in_the_foreground_waits_for_those_that_block_it()
    {
        var owner = Deleting(Item("x"), "foregroundDeletion");
        var blocking = Item("a", Owner("x") with { BlockOwnerDeletion = true });
        Assert.Equal([blocking], Assert.IsType<GarbagePlan.CollectDependents>(GarbagePlan.Decide(owner, [blocking], _ => OwnerState.Present)).Dependents);
        Assert.Equal(new GarbagePlan.Finish("foregroundDeletion"), GarbagePlan.Decide(owner, [Item("a", Owner("x"))], _ => OwnerState.Present));
        Assert.Equal(new GarbagePlan.Finish("foregroundDeletion"), GarbagePlan.Decide(owner, [], _ => OwnerState.Present));
    }

    [Fact]
    public void An_owner_that_orphans_lets_them_go_first()
    {
        var owner = Deleting(Item("x"), "orphan");
        var dependent = Item("a", Owner("x"));
        Assert.Equal([dependent], Assert.IsType<GarbagePlan.Orphan>(GarbagePlan.Decide(owner, [dependent], _ => OwnerState.Present)).Dependents);
        Assert.Equal(new GarbagePlan.Finish("orphan"), GarbagePlan.Decide(owner, [], _ => OwnerState.Present));
    }

    [Fact]
    public void A_finalizer_alone_is_no_deletion()
    {
        var item = Item("x") is var made ? made with { Metadata = made.Metadata with { Finalizers = ["foregroundDeletion"] } } : made;
        Assert.IsType<GarbagePlan.Nothing>(GarbagePlan.Decide(item, [Item("a", Owner("x"))], _ => OwnerState.Present));
    }

    [Fact]
    public void The_graph_follows_owners_as_they_change()
    {
        var graph = new OwnerGraph();
        graph.Set(Item("a", Owner("x"), Owner("y")));
        graph.Set(Item("b", Owner("x")));
        Assert.Equal(["a", "b"], Names(graph, "x"));
        Assert.Equal(["a"], Names(graph, "y"));
        graph.Set(Item("a", Owner("y")));
        Assert.Equal(["b"], Names(graph, "x"));
        graph.Remove("b");
        graph.Remove("never there");
        Assert.Empty(Names(graph, "x"));
        Assert.Null(graph.Find("b"));
        graph.Remove("a");
        Assert.Empty(Names(graph, "y"));
    }

    static IEnumerable<string> Names(OwnerGraph graph, string owner) => graph.Dependents(owner).Select(d => d.Metadata.Name).Order();

    static GarbagePlan Decide(GraphObject item, OwnerState state = OwnerState.Present) => GarbagePlan.Decide(item, [], _ => state);

    static OwnerReference Owner(string uid) => new() { ApiVersion = "v1", Kind = "ConfigMap", Name = uid, Uid = uid };

    static GraphObject Item(string uid, params OwnerReference[] owners) =>
        new(KubeResources.ConfigMaps, new ObjectMeta { Name = uid, Namespace = "dev", Uid = uid, OwnerReferences = owners });

    static GraphObject Deleting(GraphObject item, params string[] finalizers) =>
        item with { Metadata = item.Metadata with { DeletionTimestamp = Now, Finalizers = finalizers } };
}
