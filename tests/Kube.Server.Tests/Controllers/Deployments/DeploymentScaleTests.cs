using Kube.Server.Controllers.Deployments;
using Kube.Server.Controllers.Documents;
using static Kube.Server.Tests.Controllers.Deployments.DeploymentSamples;

namespace Kube.Server.Tests.Controllers.Deployments;

public class DeploymentScaleTests
{
    [Theory]
    [InlineData(4, "\"25%\"", "\"25%\"", 1, 1)]
    [InlineData(3, "\"25%\"", "\"25%\"", 1, 0)]
    [InlineData(10, "\"33%\"", "\"33%\"", 4, 3)]
    [InlineData(3, "2", "1", 2, 1)]
    [InlineData(3, "0", "\"1%\"", 0, 1)]
    [InlineData(3, "0", "7", 0, 3)]
    [InlineData(0, "\"25%\"", "\"25%\"", 0, 0)]
    [InlineData(2, "\"100%\"", "0", 2, 0)]
    public void How_far_an_update_may_stray(int replicas, string surge, string unavailable, int more, int fewer) =>
        Assert.Equal(new RolloutBounds(more, fewer), RolloutBounds.Of(Deployment(replicas, surge, unavailable)));

    [Fact]
    public void A_new_start_strays_nowhere() =>
        Assert.Equal(default, RolloutBounds.Of(Deployment(3) with { Spec = Deployment(3).Spec with { Strategy = new DeploymentStrategy { Type = "Recreate" } } }));

    // Sets are written size:available. The first is the newest, the others from young to old.
    [Theory]
    [InlineData(3, "1", "0", "0:0 3:3", "new=1")]
    [InlineData(3, "1", "0", "1:0 3:3", "")]
    [InlineData(3, "1", "0", "1:1 3:3", "old1=2")]
    [InlineData(3, "1", "0", "1:1 2:2", "new=2")]
    [InlineData(3, "0", "1", "0:0 3:3", "old1=2")]
    [InlineData(3, "0", "1", "0:0 2:2", "new=1")]
    [InlineData(10, "2", "2", "0:0 10:10", "new=2")]
    [InlineData(10, "2", "2", "2:0 10:10", "old1=8")]
    [InlineData(10, "2", "2", "4:0 8:8", "")]
    // What is not available goes first, whichever is older.
    [InlineData(3, "1", "0", "1:0 2:0 3:3", "old1=0")]
    [InlineData(10, "0", "3", "0:0 5:2 5:5", "old1=2")]
    [InlineData(10, "0", "3", "0:0 5:5 5:4", "old2=2")]
    [InlineData(3, "1", "0", "3:3 0:0", "")]
    [InlineData(3, "1", "0", "5:5", "new=3")]
    [InlineData(0, "1", "1", "0:0 2:2", "old1=0")]
    public void An_update_goes_on_by_small_steps(int replicas, string surge, string unavailable, string sets, string expected)
    {
        var all = Sets(sets);
        Assert.Equal(expected, Text(DeploymentScale.Roll(Deployment(replicas, surge, unavailable), all[0], all[1..])));
    }

    [Theory]
    // One set: it is the one.
    [InlineData(5, "3", "3:3", "new=5")]
    [InlineData(5, "3", "0:0 3:3", "old1=5")]
    [InlineData(5, "3", "0:0 0:0", "new=5")]
    [InlineData(3, "3", "3:3 0:0", "")]
    // The new one is done: the others are superfluous.
    [InlineData(3, "3", "3:3 1:1", "old1=0")]
    // In the middle of an update all grow and shrink by their shares; the largest takes what rounding leaves.
    [InlineData(15, "10", "5:3 8:8", "old1=11,new=7")]
    [InlineData(5, "10", "5:3 8:8", "old1=5,new=3")]
    [InlineData(0, "10", "5:3 8:8", "old1=0,new=0")]
    public void A_change_of_scale_is_shared(int replicas, string before, string sets, string expected)
    {
        var all = Sets(sets, int.Parse(before));
        Assert.Equal(expected, Text(DeploymentScale.Scale(Deployment(replicas, "3", "2"), all[0], all[1..])));
    }

    [Fact]
    public void A_set_that_has_the_size_but_not_the_mark_is_marked()
    {
        var sets = Sets("3:3", desired: 5);
        Assert.True(DeploymentScale.IsScaled(Deployment(3), sets));
        Assert.Equal("new=3", Text(DeploymentScale.Scale(Deployment(3), sets[0], [])));
    }

    static List<ReplicaSetDocument> Sets(string text, int? desired = null) => [.. text.Split(' ').Select((set, i) =>
    {
        var numbers = set.Split(':').Select(int.Parse).ToArray();
        return Set(i == 0 ? "new" : $"old{i}", numbers[0], numbers[1], 9 - i, desired);
    })];

    static string Text(IEnumerable<(ReplicaSetDocument Set, int Replicas)> sizes) => string.Join(",", sizes.Select(s => $"{s.Set.Metadata.Name}={s.Replicas}"));
}
