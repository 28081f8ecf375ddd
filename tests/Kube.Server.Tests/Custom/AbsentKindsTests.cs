using Kube.Server.Kinds;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Custom;

/// <summary>What a whole Kubernetes has and this server has not, it says.</summary>
public class AbsentKindsTests
{
    [Fact]
    public async Task A_kind_that_is_not_served_is_not_found_and_the_message_tells_why()
    {
        await using var api = await TestApi.StartAsync();
        var quota = (await api.PostAsync("/api/v1/namespaces/default/resourcequotas", "{}")).Expect(404);
        Assert.Equal("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource (resourcequotas is not served: nothing here counts what a namespace uses)","reason":"NotFound","details":{},"code":404}""", quota.Text);
        var scaler = (await api.GetAsync("/apis/autoscaling/v2/horizontalpodautoscalers")).Expect(404);
        Assert.Equal("the server could not find the requested resource (horizontalpodautoscalers.autoscaling is not served: nothing here scales by load)", scaler.Message);
        foreach (var (group, plural) in AbsentKinds.All)
        {
            var answer = (await api.GetAsync(group.Length == 0 ? $"/api/v1/{plural}" : $"/apis/{group}/v1/{plural}")).Expect(404);
            Assert.StartsWith($"the server could not find the requested resource ({(group.Length == 0 ? plural : $"{plural}.{group}")} is not served: ", answer.Message);
        }

        var debugging = (await api.GetAsync("/api/v1/namespaces/default/pods/web/ephemeralcontainers")).Expect(404);
        Assert.Equal("the server could not find the requested resource (pods/ephemeralcontainers is not served: a running pod takes no more containers; what needs one may work on a copy of the pod)", debugging.Message);
        Assert.Equal("the server could not find the requested resource", (await api.GetAsync("/api/v1/namespaces/default/pods/web/nothing")).Expect(404).Message);
        Assert.Equal("the server could not find the requested resource", (await api.GetAsync("/apis/example.com/v1/things")).Expect(404).Message);
    }

    [Fact]
    public void None_of_them_is_served_after_all() =>
        Assert.DoesNotContain(KindRegistry.BuiltIn.Kinds, k => AbsentKinds.All.Contains((k.Group, k.Plural)));
}
