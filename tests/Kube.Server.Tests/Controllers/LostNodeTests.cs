using Kube.Server.Controllers;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Nodes;

namespace Kube.Server.Tests.Controllers;

public class LostNodeTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(39, false)]
    [InlineData(40, false)]
    [InlineData(41, true)]
    public void Lost_after_forty_seconds(int seconds, bool lost)
    {
        var node = Node("True", Now);
        Assert.Equal(lost, LostNode.Conditions(node, Heartbeat.Observe(null, node, null, Now), Now.AddSeconds(seconds)) is not null);
    }

    [Fact]
    public void Nothing_is_known_of_it_then_and_the_rest_stays()
    {
        var node = Node("True", Now);
        node = node with { Status = new NodeStatus { Conditions = [.. node.Status.Conditions!, new Condition { Type = "Mine", Status = "True" }] } };
        var conditions = LostNode.Conditions(node, new Heartbeat("uid", Now, Now), Now.AddMinutes(1))!;
        var ready = conditions.Single(c => c.Type == "Ready");
        Assert.Equal(("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."), (ready.Status, ready.Reason, ready.Message));
        Assert.Equal(Now.AddMinutes(1), ready.LastTransitionTime);
        Assert.Equal(Now, ready.LastHeartbeatTime);
        Assert.Equal("NodeStatusNeverUpdated", conditions.Single(c => c.Type == "DiskPressure").Reason);
        Assert.Equal("True", conditions.Single(c => c.Type == "Mine").Status);
    }

    [Fact]
    public void It_is_said_once() => Assert.Null(LostNode.Conditions(Node("Unknown", Now), new Heartbeat("uid", Now, Now), Now.AddHours(1)));

    [Fact]
    public void Any_new_sign_counts_from_when_it_is_noticed()
    {
        // The node's clock is an hour behind.
        var first = Heartbeat.Observe(null, Node("True", Now.AddHours(-1)), null, Now);
        Assert.Equal(Now, first.NoticedAt);
        Assert.Equal(first, Heartbeat.Observe(first, Node("True", Now.AddHours(-1)), null, Now.AddSeconds(30)));
        var second = Heartbeat.Observe(first, Node("True", Now.AddHours(-1).AddSeconds(10)), null, Now.AddSeconds(30));
        Assert.Equal(Now.AddSeconds(30), second.NoticedAt);
        var lease = new LeaseDocument { Spec = new LeaseSpec { RenewTime = Now } };
        Assert.Equal(Now.AddSeconds(50), Heartbeat.Observe(second, Node("True", Now.AddHours(-1).AddSeconds(10)), lease, Now.AddSeconds(50)).NoticedAt);
    }

    [Fact]
    public void What_was_written_about_a_lost_node_is_no_sign_of_life()
    {
        var before = new Heartbeat("uid", Now, Now);
        Assert.Equal(before, Heartbeat.Observe(before, Node("Unknown", Now.AddMinutes(5)), null, Now.AddMinutes(5)));
    }

    [Fact]
    public void Another_node_of_that_name_begins_anew()
    {
        var other = Node("True", Now) with { Metadata = new ObjectMeta { Name = "n", Uid = "other" } };
        Assert.Equal(Now.AddMinutes(5), Heartbeat.Observe(new Heartbeat("uid", Now, Now), other, null, Now.AddMinutes(5)).NoticedAt);
    }

    [Theory]
    [InlineData("lastTimestamp", 61, true)]
    [InlineData("lastTimestamp", 59, false)]
    [InlineData("eventTime", 61, true)]
    [InlineData("eventTime", 59, false)]
    [InlineData("firstTimestamp", 59, false)]
    [InlineData("series", 59, false)]
    public void Events_live_an_hour_from_the_last_time(string field, int minutes, bool over)
    {
        var time = Now.AddMinutes(-minutes);
        var item = new EventDocument { Metadata = new ObjectMeta { CreationTimestamp = Now.AddDays(-1) } };
        item = field switch
        {
            "lastTimestamp" => item with { LastTimestamp = time },
            "eventTime" => item with { EventTime = time },
            "firstTimestamp" => item with { FirstTimestamp = time },
            _ => item with { Series = new EventSeries { LastObservedTime = time }, LastTimestamp = Now.AddDays(-1) },
        };
        Assert.Equal(over, EventExpiry.IsOver(item, Now));
    }

    [Fact]
    public void An_event_without_any_time_stays() => Assert.False(EventExpiry.IsOver(new EventDocument(), Now));

    static NodeDocument Node(string ready, DateTimeOffset heartbeat) => new()
    {
        Metadata = new ObjectMeta { Name = "n", Uid = "uid" },
        Status = new NodeStatus { Conditions = [new Condition { Type = "Ready", Status = ready, LastHeartbeatTime = heartbeat }] },
    };
}
