using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Api.Apply;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Tests.Api.Apply;

public class FieldOwnershipTests
{
    const string Now = "2026-01-02T03:04:05Z";
    const string Later = "2026-01-02T03:04:06Z";
    static readonly FieldType Pod = FieldType.Of(SchemaCatalog.Find("", "Pod"));
    static readonly FieldOwnership Ownership = new(Pod, static f => f != "status");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"f:data":{}}""")]
    [InlineData("""{"f:metadata":{"f:labels":{".":{},"f:a.b/c":{}}}}""")]
    [InlineData("""{"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{}}}}""")]
    [InlineData("""{"f:finalizers":{"v:\"x\"":{}},"f:list":{"i:0":{}}}""")]
    public void Fields_are_read_and_written_alike(string json) => Assert.Equal(json, Json(FieldSet.Parse(Node(json)).ToJson()));

    [Theory]
    [InlineData("""{"x:a":{}}""")]
    [InlineData("""{"f":{}}""")]
    [InlineData("""{"k:name":{}}""")]
    [InlineData("""{"k:[1]":{}}""")]
    [InlineData("""{"i:\"a\"":{}}""")]
    [InlineData("""{"f:a":1}""")]
    public void What_are_no_fields_is_refused(string json) => Assert.Throws<FormatException>(() => FieldSet.Parse(Node(json)));

    [Fact]
    public void Keys_mean_the_same_in_any_order() =>
        Assert.Equal(PathElement.Parse("""k:{"a":1,"b":"x"}"""), PathElement.Parse("""k:{ "b":"x", "a":1 }"""));

    [Theory]
    // a member above does not cover those below, but for what is outside of it
    [InlineData("""{"f:a":{".":{},"f:b":{}}}""", """{"f:a":{}}""", """{"f:a":{"f:b":{}}}""", "{}")]
    [InlineData("""{"f:a":{"f:b":{},"f:c":{}}}""", """{"f:a":{"f:b":{}}}""", """{"f:a":{"f:c":{}}}""", """{"f:a":{"f:c":{}}}""")]
    [InlineData("""{"f:a":{}}""", """{"f:a":{"f:b":{}}}""", """{"f:a":{}}""", """{"f:a":{}}""")]
    public void A_difference_takes_members_and_what_is_outside_whole_branches(string one, string other, string difference, string outside)
    {
        Assert.Equal(difference, Json(FieldSet.Parse(Node(one)).Difference(FieldSet.Parse(Node(other))).ToJson()));
        Assert.Equal(outside, Json(FieldSet.Parse(Node(one)).Outside(FieldSet.Parse(Node(other))).ToJson()));
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"c","image":"i"}]}}""", """{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}}}}""")]
    [InlineData("""{"metadata":{"labels":{"a":"b"},"finalizers":["x/y"]}}""", """{"f:metadata":{"f:finalizers":{"v:\"x/y\"":{}},"f:labels":{"f:a":{}}}}""")]
    [InlineData("""{"metadata":{"labels":{}}}""", """{"f:metadata":{"f:labels":{}}}""")]
    [InlineData("""{"spec":{"nodeName":null}}""", """{"f:spec":{"f:nodeName":{}}}""")]
    [InlineData("""{"spec":{"nodeSelector":{"a":"b"}}}""", """{"f:spec":{"f:nodeSelector":{}}}""")] // owned as a whole
    [InlineData("""{"spec":{"containers":[{"name":"c","args":["a","a"]}]}}""", """{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:args":{},"f:name":{}}}}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"c","ports":[{"containerPort":80}]}]}}""", """{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}}}}""")]
    public void A_document_owns_what_it_says(string document, string fields) => Assert.Equal(fields, Json(OwnedFields.Of(Pod, Node(document)).ToJson()));

    [Theory]
    [InlineData("""{"f:spec":{"f:nodeSelector":{"f:a":{}}}}""", """{"f:spec":{"f:nodeSelector":{}}}""")]
    [InlineData("""{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:args":{"i:0":{}}}}}}""", """{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:args":{}}}}}""")]
    [InlineData("""{"f:metadata":{"f:labels":{}}}""", """{"f:metadata":{"f:labels":{}}}""")] // never the other way round
    [InlineData("""{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{}}}}}""", """{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{}}}}}""")]
    public void Parts_of_what_has_come_to_be_owned_as_a_whole_are_owned_as_that(string before, string now)
    {
        var set = FieldSet.Parse(Node(before));
        Assert.Equal(now, Json(set.Fitted(Pod).ToJson()));
        Assert.Equal(before == now, ReferenceEquals(set, set.Fitted(Pod)));
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"c"},{"name":"c"}]}}""", ".spec.containers: duplicate entries for key [name=\"c\"]")]
    [InlineData("""{"spec":{"containers":[{"image":"c"}]}}""", "omits key field \"name\"")]
    [InlineData("""{"metadata":{"finalizers":["a","a"]}}""", ".metadata.finalizers: duplicate entries for key [=\"a\"]")]
    public void Items_must_be_told_apart(string document, string why) => Assert.Contains(why, Assert.Throws<FieldsException>(() => OwnedFields.Of(Pod, Node(document))).Message);

    [Theory]
    [InlineData("a b c", "", "a b c")]
    [InlineData("", "a b", "a b")]
    [InlineData("a b c", "c x", "a b c x")]
    [InlineData("a b c", "c a", "b c a")]
    [InlineData("a b", "x a", "x a b")]
    [InlineData("a b c d", "b d", "a b c d")]
    [InlineData("a b c d", "d b", "a c d b")]
    [InlineData("a b", "x y", "a b x y")]
    public void Lists_are_woven_in_the_applied_order(string live, string applied, string merged)
    {
        JsonObject List(string names) => new() { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => JsonValue.Create(n))]) } };
        Assert.Equal(merged, string.Join(' ', FieldMerge.Merge(Pod, List(live), List(applied))["metadata"]!["finalizers"]!.AsArray()));
    }

    [Fact]
    public void What_one_applies_no_more_goes_unless_another_owns_it()
    {
        var (live, managed) = Apply([], ManagedFields.Empty, "a", """{"metadata":{"labels":{"x":"1","y":"2"}}}""");
        (live, managed) = Apply(live, managed, "b", """{"metadata":{"labels":{"y":"2","z":"3"}}}""");
        (live, managed) = Apply(live, managed, "a", """{"metadata":{"annotations":{"k":"v"}}}""");
        Assert.Equal("""{"y":"2","z":"3"}""", Json(live["metadata"]!["labels"]!));
        (live, managed) = Apply(live, managed, "b", """{"metadata":{"labels":{"z":"3"}}}""");
        Assert.Equal("""{"z":"3"}""", Json(live["metadata"]!["labels"]!));
        (live, managed) = Apply(live, managed, "b", """{"metadata":{}}""");
        Assert.Null(live["metadata"]!["labels"]);
        Assert.Equal("a", Assert.Single(managed.Entries).Manager.Name);
    }

    [Fact]
    public void An_item_that_is_applied_no_more_goes_and_its_neighbours_stay()
    {
        var (live, managed) = Apply([], ManagedFields.Empty, "a", """{"spec":{"containers":[{"name":"c","image":"i"},{"name":"d","image":"i"}]}}""");
        live["spec"]!["containers"]!.AsArray().Add(Node("""{"name":"injected","image":"j"}"""));
        (live, _) = Apply(live, managed, "a", """{"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        Assert.Equal(["c", "injected"], live["spec"]!["containers"]!.AsArray().Select(c => c!["name"]!.ToString()));
    }

    [Fact]
    public void What_another_owns_and_has_otherwise_conflicts_until_it_is_forced()
    {
        var (live, managed) = Apply([], ManagedFields.Empty, "a", """{"metadata":{"labels":{"x":"1"}}}""");
        var outcome = Ownership.Apply(managed, live, Node("""{"metadata":{"labels":{"x":"2"}}}"""), Applier("b"), force: false, Later);
        Assert.Equal([".metadata.labels.x"], Assert.Single(outcome.Conflicts).Fields.Paths());
        Assert.Same(managed, outcome.Managed);
        var forced = Ownership.Apply(managed, live, Node("""{"metadata":{"labels":{"x":"2"}}}"""), Applier("b"), force: true, Later);
        Assert.Equal("b", Assert.Single(forced.Managed.Entries).Manager.Name);
    }

    [Fact]
    public void The_same_value_is_shared_and_the_same_document_changes_nothing()
    {
        var (live, managed) = Apply([], ManagedFields.Empty, "a", """{"metadata":{"labels":{"x":"1"}}}""");
        (live, managed) = Apply(live, managed, "b", """{"metadata":{"labels":{"x":"1"}}}""");
        Assert.Equal(2, managed.Entries.Count);
        var again = Ownership.Apply(managed, live, Node("""{"metadata":{"labels":{"x":"1"}}}"""), Applier("b"), force: false, Later);
        Assert.Equal(Json(managed.Write()), Json(again.Managed.Write()));
    }

    [Fact]
    public void Who_updates_takes_what_changed_and_others_lose_it()
    {
        var (live, managed) = Apply([], ManagedFields.Empty, "a", """{"metadata":{"labels":{"x":"1","y":"1"}}}""");
        var next = live.DeepClone().AsObject();
        next["metadata"]!["labels"]!["x"] = "2";
        next["metadata"]!["labels"]!.AsObject().Remove("y");
        managed = Ownership.Update(managed, live, next, Updater("u"), Later);
        Assert.Equal("""{"f:metadata":{"f:labels":{"f:x":{}}}}""", Json(Assert.Single(managed.Entries).Fields.ToJson()));
        Assert.Equal("u", managed.Entries[0].Manager.Name);
        Assert.Same(managed, Ownership.Update(managed, next, next, Updater("v"), Later));
    }

    [Fact]
    public void Old_updaters_become_one()
    {
        var (managed, live) = (ManagedFields.Empty, new JsonObject());
        for (var i = 0; i < 15; i++)
        {
            var next = live.DeepClone().AsObject();
            next["metadata"] = next["metadata"]?.DeepClone() ?? new JsonObject { ["labels"] = new JsonObject() };
            next["metadata"]!["labels"]![$"l{i:00}"] = "1";
            managed = Ownership.Update(managed, live, next, Updater($"u{i:00}"), $"2026-01-02T03:04:{i:00}Z");
            live = next;
        }

        Assert.Equal(10, managed.Entries.Count);
        Assert.Contains("f:l00", Json(managed.Entries.Single(e => e.Manager.Name == "ancient-changes").Fields.ToJson()));
    }

    static (JsonObject Live, ManagedFields Managed) Apply(JsonObject live, ManagedFields managed, string manager, string document)
    {
        var outcome = Ownership.Apply(managed, live, Node(document), Applier(manager), force: false, Now);
        Assert.Empty(outcome.Conflicts);
        return (outcome.Document, outcome.Managed);
    }

    static Manager Applier(string name) => new(name, ManagerOperation.Apply, "v1", "");

    static Manager Updater(string name) => new(name, ManagerOperation.Update, "v1", "");

    static JsonObject Node(string json) => JsonNode.Parse(json)!.AsObject();

    static string Json(JsonNode node) => node.ToJsonString(JsonText.NodeOptions);
}
