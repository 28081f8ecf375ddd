using System.Diagnostics;

namespace Kube.Module.Tests.Completion;

/// <summary>What Tab makes of lists that come once, late, in part, or not at all.</summary>
[Collection(nameof(KubeConfigCollection))]
public sealed class ListCompletionTests
{
    [Fact]
    public void Several_presses_ask_once()
    {
        using var api = new ScriptedApi((_, response) => ScriptedApi.WriteAsync(response, ScriptedApi.Pods("web", "db") + "]}"));
        using var session = api.Connect();
        Assert.Equal("web", Tab.Press(session, "Get-KubePod w"));
        var watch = Stopwatch.StartNew();

        Assert.Equal("db", Tab.Press(session, "Get-KubePod d"));
        Assert.Equal("web", Tab.Press(session, "Remove-KubePod w"));
        Assert.Equal("", Tab.Press(session, "Get-KubePod z"));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(["/api/v1/namespaces/default/pods"], api.Asked);
    }

    [Fact]
    public void A_list_is_forgotten_soon()
    {
        var names = new[] { "before" };
        using var api = new ScriptedApi((_, response) => ScriptedApi.WriteAsync(response, ScriptedApi.Pods(names) + "]}"));
        using var session = api.Connect();
        Assert.Equal("before", Tab.Press(session, "Get-KubePod "));

        names = ["after"];

        TestCluster.WaitUntil(session, "(TabExpansion2 'Get-KubePod a' 13).CompletionMatches[0].CompletionText -eq 'after'", seconds: 20);
    }

    [Fact]
    public void What_has_arrived_is_offered_though_the_rest_hangs()
    {
        var end = new TaskCompletionSource();
        using var api = new ScriptedApi(async (_, response) =>
        {
            await ScriptedApi.WriteAsync(response, ScriptedApi.Pods("early") + ",");
            await end.Task;
        });
        using var session = api.Connect();
        Tab.Once(session, "Get-KubeContext ");
        var watch = Stopwatch.StartNew();

        Tab.Once(session, "Get-KubePod ");

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        // On a slow machine not even the beginning may have arrived within the second.
        Assert.Equal("early", Tab.Press(session, "Get-KubePod "));
        end.SetResult();
    }

    [Fact]
    public void What_comes_too_late_is_there_at_the_next_press()
    {
        var late = new TaskCompletionSource();
        using var api = new ScriptedApi(async (_, response) =>
        {
            await late.Task;
            await ScriptedApi.WriteAsync(response, ScriptedApi.Pods("late") + "]}");
        });
        using var session = api.Connect();

        Assert.Empty(Tab.Once(session, "Get-KubePod "));
        late.SetResult();

        Assert.Equal("late", Tab.Press(session, "Get-KubePod "));
        Assert.Single(api.Asked);
    }

    [Fact]
    public void Who_may_not_look_everywhere_is_offered_the_images_of_the_namespace()
    {
        using var api = new ScriptedApi(async (path, response) =>
        {
            if (path == "/api/v1/pods") response.StatusCode = 403;
            await ScriptedApi.WriteAsync(response, path == "/api/v1/pods"
                ? """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,"message":"no"}"""
                : ScriptedApi.Pods("mine") + "]}");
        });
        using var session = api.Connect();

        Assert.Equal("mine-image", Tab.Press(session, "New-KubePod x "));
        Assert.Equal(["/api/v1/pods", "/api/v1/namespaces/default/pods"], api.Asked);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"kind\":\"PodList\",\"items\":[1]}")]
    [InlineData("")]
    public void What_is_no_list_is_silence(string body)
    {
        using var api = new ScriptedApi((_, response) => ScriptedApi.WriteAsync(response, body));
        using var session = api.Connect();

        foreach (var typed in new[] { "Get-KubePod ", "Get-KubeResource ", "Get-KubePod -l ", "Get-KubePod -n " }) Assert.Empty(Tab.Once(session, typed));
        Assert.Empty(session.Errors);
        Assert.Empty(session.Messages);
    }
}
