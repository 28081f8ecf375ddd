using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Custom;

/// <summary>Events are the same ones in both groups.</summary>
public class EventViewTests
{
    const string Core = "/api/v1/namespaces/default/events";
    const string View = "/apis/events.k8s.io/v1/namespaces/default/events";

    [Fact]
    public async Task A_core_event_is_seen_under_the_names_of_the_other_group()
    {
        await using var api = await TestApi.StartAsync();
        using var watch = await api.WatchAsync(View + "?watch=true");
        (await api.PostAsync(Core, """
            {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"web","namespace":"default"},"reason":"Started","message":"it runs","type":"Normal",
             "source":{"component":"kubelet","host":"n"},"firstTimestamp":"2026-01-01T00:00:00Z","lastTimestamp":"2026-01-01T00:01:00Z","count":3}
            """)).Expect(201);
        var seen = (await watch.NextAsync())!["object"]!;
        var read = (await api.GetAsync(View + "/e")).Expect(200).Json;
        Assert.Equal(seen.ToJsonString(), read.ToJsonString());
        Assert.Equal("events.k8s.io/v1 Event web it runs kubelet 3 2026-01-01T00:01:00Z",
            $"{read["apiVersion"]} {read["kind"]} {read["regarding"]!["name"]} {read["note"]} {read["deprecatedSource"]!["component"]} {read["deprecatedCount"]} {read["deprecatedLastTimestamp"]}");
        Assert.All((string[])["involvedObject", "message", "source", "count", "firstTimestamp"], field => Assert.Null(read[field]));
        Assert.Equal(["e"], (await api.GetAsync(View + "?fieldSelector=regarding.name%3Dweb,reason%3DStarted")).Expect(200).Names);
        Assert.Empty((await api.GetAsync(View + "?fieldSelector=regarding.name%3Dother")).Expect(200).Names);
        var row = (await api.GetAsync(View, "application/json;as=Table;g=meta.k8s.io;v=v1")).Json["rows"]![0]!["cells"]!;
        Assert.Equal(("Started", "pod/web", "it runs"), (row[2]!.ToString(), row[3]!.ToString(), row[6]!.ToString()));
        var patched = (await api.MergeAsync(View + "/e", """{"deprecatedCount":4}""")).Expect(200).Json;
        Assert.Equal("4", patched["deprecatedCount"]!.ToString());
        Assert.Equal("4", (await api.GetAsync(Core + "/e")).Json["count"]!.ToString());
    }

    [Fact]
    public async Task An_event_of_the_other_group_is_checked_by_its_rules_and_seen_in_the_core_group()
    {
        await using var api = await TestApi.StartAsync();
        var refused = (await api.PostAsync(View, """{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e"},"regarding":{"namespace":"default"}}""")).Expect(422);
        Assert.Equal(["action", "eventTime", "reason", "reportingController", "reportingInstance", "type"],
            refused.Json["details"]!["causes"]!.AsArray().Select(c => c!["field"]!.ToString()).Order(StringComparer.Ordinal));
        (await api.PostAsync(View, """
            {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e"},"eventTime":"2026-01-01T00:00:00.000000Z","reportingController":"c","reportingInstance":"c-1",
             "action":"Act","reason":"Because","type":"Warning","note":"look","regarding":{"kind":"Pod","name":"web","namespace":"default"}}
            """)).Expect(201);
        var core = (await api.GetAsync(Core + "/e")).Expect(200).Json;
        Assert.Equal("v1 web look c c-1 Act", $"{core["apiVersion"]} {core["involvedObject"]!["name"]} {core["message"]} {core["reportingComponent"]} {core["reportingInstance"]} {core["action"]}");
        (await api.DeleteAsync(View + "/e")).Expect(200);
        Assert.Empty((await api.GetAsync(Core)).Names);
    }
}
