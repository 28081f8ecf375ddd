using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Kube.Bench.Processes;

/// <summary>Pods as a cluster in use has them: a container with a probe, limits and environment, and the status of a pod that runs. About 3 kB each.</summary>
static class PodSeed
{
    const int Namespaces = 10, SideBySide = 16;

    const string Node = "bench-node";

    /// <summary>How many pods a long list has.</summary>
    public const int Many = 10_000;

    /// <summary>The first one, in the namespace <c>default</c>.</summary>
    public const string First = "web-00000";

    /// <summary>On a node that nobody runs, for a cluster without schedulers and controllers of nodes.</summary>
    public static async Task PlantAsync(HttpClient client, int count)
    {
        await SendAsync(client, HttpMethod.Post, "/api/v1/nodes", $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{Node}}}"}}""");
        await PlantAsync(client, count, $"\"nodeName\":\"{Node}\"");
    }

    /// <param name="client">The cluster.</param>
    /// <param name="count">How many pods.</param>
    /// <param name="place">The field of their specs that says where they run.</param>
    public static async Task PlantAsync(HttpClient client, int count, string place)
    {
        for (var number = 1; number < Math.Min(count, Namespaces); number++)
            await SendAsync(client, HttpMethod.Post, "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{NamespaceOf(number)}}}"}}""");
        for (var number = 0; number < Math.Min(count, Namespaces); number++) await AwaitServiceAccountAsync(client, NamespaceOf(number));
        var side = new ParallelOptions { MaxDegreeOfParallelism = SideBySide };
        await Parallel.ForAsync(0, count, side, async (number, _) =>
        {
            var pods = $"/api/v1/namespaces/{NamespaceOf(number)}/pods";
            await SendAsync(client, HttpMethod.Post, pods, Pod(number, place));
            await SendAsync(client, HttpMethod.Patch, $"{pods}/{NameOf(number)}/status", Status(number), "application/merge-patch+json");
        });
    }

    /// <summary>A namespace of its own with so many pods, written one after the other: each is created, then given its status.</summary>
    /// <param name="client">The cluster; it has been planted before.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="count">How many pods.</param>
    /// <param name="withOwners">Whether the server keeps who owns their fields; else it is asked to forget that at once, and does from then on.</param>
    /// <returns>How long the pods took.</returns>
    public static async Task<TimeSpan> PlantInAsync(HttpClient client, string @namespace, int count, bool withOwners)
    {
        await SendAsync(client, HttpMethod.Post, "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{@namespace}}}"}}""");
        await AwaitServiceAccountAsync(client, @namespace);
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < count; number++)
        {
            var pods = $"/api/v1/namespaces/{@namespace}/pods";
            var pod = Pod(number, $"\"nodeName\":\"{Node}\"").Replace($"\"namespace\":\"{NamespaceOf(number)}\"", withOwners ? $"\"namespace\":\"{@namespace}\"" : "\"managedFields\":[{}]", StringComparison.Ordinal);
            await SendAsync(client, HttpMethod.Post, pods, pod);
            await SendAsync(client, HttpMethod.Patch, $"{pods}/{NameOf(number)}/status", Status(number), "application/merge-patch+json");
        }
        return watch.Elapsed;
    }

    static string NameOf(int number) => $"web-{number:00000}";

    static string NamespaceOf(int number) => number % Namespaces == 0 ? "default" : $"team-{number % Namespaces}";

    static string Pod(int number, string place) => $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{NameOf(number)}}}","namespace":"{{{NamespaceOf(number)}}}",
        "labels":{"app":"web","app.kubernetes.io/name":"web","app.kubernetes.io/part-of":"shop","pod-template-hash":"6d4cf56db6"},
        "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"8080","example.com/revision":"{{{number}}}"}},
        "spec":{{{{place}}},"containers":[{"name":"web","image":"registry.example.com/team/web:1.{{{number % 20}}}.0","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
        "env":[{"name":"LOG_LEVEL","value":"info"},{"name":"POD_NAME","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"} } },{"name":"DATABASE_HOST","value":"db.internal.example.com"}],
        "resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},
        "readinessProbe":{"httpGet":{"path":"/healthz","port":8080},"periodSeconds":10},
        "livenessProbe":{"httpGet":{"path":"/healthz","port":8080},"periodSeconds":20}}]}}
        """;

    static string Status(int number) => $$$"""
        {"status":{"phase":"Running","hostIP":"10.0.0.1","podIP":"10.1.{{{number / 250 % 250}}}.{{{number % 250}}}","podIPs":[{"ip":"10.1.{{{number / 250 % 250}}}.{{{number % 250}}}"}],"qosClass":"Burstable",
        "startTime":"2026-01-01T08:00:00Z","conditions":[
        {"type":"Initialized","status":"True","lastTransitionTime":"2026-01-01T08:00:00Z"},{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T08:00:05Z"},
        {"type":"ContainersReady","status":"True","lastTransitionTime":"2026-01-01T08:00:05Z"},{"type":"PodScheduled","status":"True","lastTransitionTime":"2026-01-01T08:00:00Z"}],
        "containerStatuses":[{"name":"web","image":"registry.example.com/team/web:1.{{{number % 20}}}.0","imageID":"docker-pullable://registry.example.com/team/web@sha256:{{{number:x64}}}",
        "containerID":"docker://{{{number:x64}}}","ready":true,"started":true,"restartCount":{{{number % 3}}},"state":{"running":{"startedAt":"2026-01-01T08:00:03Z"} } }]}}
        """;

    /// <summary>A controller makes it, and without it there are no pods.</summary>
    static async Task AwaitServiceAccountAsync(HttpClient client, string place)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            using var answer = await client.GetAsync($"/api/v1/namespaces/{place}/serviceaccounts/default");
            if (answer.IsSuccessStatusCode) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
        throw new BenchException($"Namespace {place} has no service account.");
    }

    static async Task SendAsync(HttpClient client, HttpMethod method, string path, string json, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new BenchException($"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
