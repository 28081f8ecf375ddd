using Kube.Server.Controllers.Deployments;
using Kube.Server.Controllers.Documents;
using static Kube.Server.Tests.Controllers.Deployments.DeploymentSamples;

namespace Kube.Server.Tests.Controllers.Deployments;

public class DeploymentPlanTests
{
    [Theory]
    [InlineData(3, 0, 3)]
    [InlineData(3, 3, 1)]
    [InlineData(3, 2, 2)]
    [InlineData(0, 0, 0)]
    public void A_template_without_a_set_gets_one_of_the_size_that_there_is_room_for(int replicas, int old, int expected)
    {
        var plan = DeploymentPlan.Decide(Deployment(replicas), old == 0 ? [] : [Set("old", old, old, 4)], _ => false);
        Assert.Equal((expected, old == 0 ? 1 : 5, true), (plan.Create, plan.Number, plan.Rolls));
        Assert.Empty(plan.Resize);
    }

    [Fact]
    public void The_set_of_the_template_is_known_by_its_content_and_gets_the_highest_number()
    {
        var plan = DeploymentPlan.Decide(Deployment(1), [Set("new", 1, 1, 2), Set("old", 0, 0, 7)], _ => false);
        Assert.Equal(("new", 8), (plan.Newest!.Metadata.Name, plan.Number));
        Assert.Null(plan.Create);
        Assert.Equal(7, DeploymentPlan.Decide(Deployment(1), [Set("new", 1, 1, 7), Set("old", 0, 0, 2)], _ => false).Number);
    }

    [Fact]
    public void A_paused_one_is_scaled_and_not_updated()
    {
        var deployment = Deployment(5) with { Spec = Deployment(5).Spec with { Paused = true } };
        var plan = DeploymentPlan.Decide(deployment, [Set("old", 3, 3, 1, desired: 3)], _ => false);
        Assert.Null(plan.Create);
        Assert.False(plan.Rolls);
        Assert.Equal(("old", 5), (plan.Resize.Single().Set.Metadata.Name, plan.Resize.Single().Replicas));
    }

    [Fact]
    public void A_change_of_scale_comes_before_an_update()
    {
        var plan = DeploymentPlan.Decide(Deployment(5), [Set("old", 3, 3, 1, desired: 3)], _ => false);
        Assert.Null(plan.Create);
        Assert.Equal(5, plan.Resize.Single().Replicas);
    }

    [Fact]
    public void A_new_start_first_stops_what_runs_then_waits_for_it_then_begins()
    {
        var deployment = Deployment(2) with { Spec = Deployment(2).Spec with { Strategy = new DeploymentStrategy { Type = "Recreate" } } };
        Assert.Equal(0, DeploymentPlan.Decide(deployment, [Set("old", 2, 2, 1)], _ => true).Resize.Single().Replicas);
        var waiting = DeploymentPlan.Decide(deployment, [Set("old", 0, 0, 1)], _ => true);
        Assert.Null(waiting.Create);
        Assert.Empty(waiting.Resize);
        Assert.Equal(2, DeploymentPlan.Decide(deployment, [Set("old", 0, 0, 1)], _ => false).Create);
        // Back to a template that was there before.
        Assert.Empty(DeploymentPlan.Decide(deployment, [Set("old", 0, 0, 2), Set("new", 0, 0, 1)], s => s.Metadata.Name == "old").Resize);
        Assert.Equal(2, DeploymentPlan.Decide(deployment, [Set("old", 0, 0, 2), Set("new", 0, 0, 1)], _ => false).Resize.Single().Replicas);
    }

    [Fact]
    public void History_is_kept_to_its_limit_once_all_is_done()
    {
        ReplicaSetDocument[] old = [Set("a", 0, 0, 1), Set("b", 0, 0, 2), Set("c", 0, 0, 3), Set("d", 0, 0, 4)];
        Assert.Equal(["a", "b"], DeploymentPlan.Decide(Deployment(1), [Set("new", 1, 1, 5), .. old], _ => false).Forget.Select(s => s.Metadata.Name));
        Assert.Empty(DeploymentPlan.Decide(Deployment(1), [Set("new", 1, 0, 5), .. old], _ => false).Forget);
        var unlimited = Deployment(1) with { Spec = Deployment(1).Spec with { RevisionHistoryLimit = null } };
        Assert.Empty(DeploymentPlan.Decide(unlimited, [Set("new", 1, 1, 5), .. old], _ => false).Forget);
    }

    [Fact]
    public void While_it_is_deleted_it_does_nothing()
    {
        var deployment = Deployment(3) with { Metadata = Deployment(3).Metadata with { DeletionTimestamp = Now } };
        var plan = DeploymentPlan.Decide(deployment, [Set("old", 1, 1, 1)], _ => false);
        Assert.Null(plan.Create);
        Assert.Empty(plan.Resize);
    }

    [Fact]
    public void The_same_template_has_the_same_hash_whatever_its_order_and_another_after_a_collision()
    {
        var one = Json("""{"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"x":1}}""");
        var other = Json("""{"spec":{"x":1},"metadata":{"labels":{"b":"2","a":"1"}}}""");
        Assert.Equal(TemplateHash.Of(one), TemplateHash.Of(other));
        Assert.NotEqual(TemplateHash.Of(one), TemplateHash.Of(one, 1));
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$", TemplateHash.Of(one));
    }

    [Fact]
    public void The_document_of_a_set_has_the_hash_in_selector_labels_and_template()
    {
        var deployment = Deployment(3) with
        {
            Metadata = Deployment(3).Metadata with { Annotations = new Dictionary<string, string> { ["kubernetes.io/change-cause"] = "why", [Revision.Number] = "1", ["kubectl.kubernetes.io/last-applied-configuration"] = "{}" } },
        };
        var json = Json(System.Text.Encoding.UTF8.GetString(ReplicaSetTemplate.Write(deployment, new("deployment-controller", KubeResources.Deployments), "web-abc", 2, 1)));
        Assert.Equal("""{"app":"web","pod-template-hash":"abc"}""", json.GetProperty("metadata").GetProperty("labels").GetRawText());
        Assert.Equal("""{"matchLabels":{"app":"web","pod-template-hash":"abc"}}""", json.GetProperty("spec").GetProperty("selector").GetRawText());
        Assert.Equal("""{"metadata":{"labels":{"app":"web","pod-template-hash":"abc"}},"spec":{"containers":[{"name":"c","image":"new"}]}}""", json.GetProperty("spec").GetProperty("template").GetRawText());
        Assert.Equal("""{"kubernetes.io/change-cause":"why","deployment.kubernetes.io/desired-replicas":"3","deployment.kubernetes.io/max-replicas":"4","deployment.kubernetes.io/revision":"2"}""", json.GetProperty("metadata").GetProperty("annotations").GetRawText());
    }

    [Fact]
    public void A_set_that_becomes_the_newest_again_remembers_its_numbers()
    {
        var set = Set("new", 1, 1, 3);
        Assert.Equal("3", ReplicaSetTemplate.NewestAnnotations(Deployment(1), set, 5)[Revision.History]);
        var again = set with { Metadata = set.Metadata with { Annotations = new Dictionary<string, string> { [Revision.Number] = "5", [Revision.History] = "3" } } };
        Assert.Equal("3,5", ReplicaSetTemplate.NewestAnnotations(Deployment(1), again, 8)[Revision.History]);
        Assert.DoesNotContain(Revision.History, ReplicaSetTemplate.NewestAnnotations(Deployment(1), set, 3).Keys);
    }
}
