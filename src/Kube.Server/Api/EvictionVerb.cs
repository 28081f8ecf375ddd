using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Policy;
using Kube.Server.Kinds.Validation;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>POST of a pod's eviction: a deletion that a disruption budget may refuse.</summary>
static class EvictionVerb
{
    const int MostGranted = 2000;
    const int RetrySeconds = 10;
    const string Refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

    // The one form of a document that two versions share.
    const string OldVersion = "policy/v1beta1";

    static readonly byte[] Success = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}"""u8.ToArray();

    public static async Task ExecuteAsync(ApiRequest request, Subresource subresource)
    {
        var eviction = await ReadAsync(request, subresource.DocumentKind(request.Kind));
        var options = DeleteOptions.FromDocument(eviction["deleteOptions"] as JsonObject);
        options = options with { DryRun = options.DryRun || request.DryRun };
        var pod = Documents.Parse(request.Find());
        if (!GoesAnyway(pod))
            await GrantAsync(request, pod, options.DryRun);
        await DeleteVerb.DeleteAsync(request, request.Key, options);
        await ObjectAnswer.WriteAsync(request, Success, 201);
    }

    static async Task<JsonObject> ReadAsync(ApiRequest request, KindDefinition kind)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        var sent = JsonText.ParseObject(body.Json, "the body");
        if (sent.Text("apiVersion") == OldVersion)
            sent["apiVersion"] = kind.ApiVersion;
        var eviction = ObjectDecoder.Decode(request, kind, JsonSerializer.SerializeToUtf8Bytes(sent, JsonText.NodeOptions));
        if (eviction.Text("metadata", "name") != request.Path.Name)
            throw Failures.BadRequest("name in URL does not match name in Eviction object");
        return eviction;
    }

    // What does not run, or is on its way out, disrupts nothing.
    static bool GoesAnyway(JsonObject pod) =>
        pod.Text("status", "phase") is "Succeeded" or "Failed" or "Pending" || pod.Text("metadata", "deletionTimestamp").Length > 0;

    static async Task GrantAsync(ApiRequest request, JsonObject pod, bool dryRun)
    {
        var kind = PodDisruptionBudgetKind.Definition;
        var budgets = request.Store.State.Collection(kind.Collection).Where(b => b.Key.Namespace == request.Path.Namespace && Selects(Documents.Parse(b), pod)).ToList();
        if (budgets.Count == 0)
            return;
        if (budgets.Count > 1)
            throw Failures.Internal("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        var budget = budgets[0];
        if (!IsReady(pod) && Spares(Documents.Parse(budget)))
            return;
        if (dryRun)
        {
            Check(request, Documents.Parse(budget));
            return;
        }

        var name = request.Path.Name;
        var status = request with { Kind = kind, Path = new ApiPath(kind.Group, kind.Version, request.Path.Namespace, kind.Plural, budget.Key.Name, "status") };
        // Server's own: two evictions at once must not both take the last grant, which the store's condition sees to.
        await ObjectUpdate.RunAsync(status, UpdateScope.Binding, current =>
        {
            var next = Documents.Parse(current);
            next.Metadata().Remove("resourceVersion");
            Check(request, next);
            Take(next, name, request.Now);
            return next;
        });
    }

    static bool Selects(JsonObject budget, JsonObject pod) =>
        budget.Find("spec", "selector") is JsonObject selector && LabelSelectorRules.Matches(selector, pod.Find("metadata", "labels") as JsonObject ?? []);

    static bool IsReady(JsonObject pod) => pod.Objects("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True");

    // A pod that is not ready is no loss to a budget that is kept without it.
    static bool Spares(JsonObject budget) =>
        budget.Text("spec", "unhealthyPodEvictionPolicy") == "AlwaysAllow"
        || (budget.Number("status", "desiredHealthy") is > 0 and var desired && budget.Number("status", "currentHealthy") >= desired);

    static void Check(ApiRequest request, JsonObject budget)
    {
        var name = budget.Text("metadata", "name");
        if ((budget.Number("status", "observedGeneration") ?? 0) < (budget.Number("metadata", "generation") ?? 0))
            throw Refuse($"The disruption budget {name} is still being processed by the server.", RetrySeconds);
        if (budget.Find("status", "disruptedPods") is JsonObject { Count: > MostGranted })
            throw Failures.Forbidden(request.Kind, request.Path.Name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        if (budget.Number("status", "disruptionsAllowed") is not > 0)
        {
            var (desired, healthy) = (budget.Number("status", "desiredHealthy") ?? 0, budget.Number("status", "currentHealthy") ?? 0);
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"The disruption budget {name} needs {desired} healthy pods and has {healthy} currently"), 0);
        }
    }

    static void Take(JsonObject budget, string pod, DateTimeOffset now)
    {
        var status = (JsonObject)budget["status"]!;
        status["disruptionsAllowed"] = status.Number("disruptionsAllowed") - 1;
        if (status["disruptedPods"] is not JsonObject granted)
            status["disruptedPods"] = granted = [];
        granted[pod] = Documents.Timestamp(now);
    }

    static StatusException Refuse(string why, int retry) => new(new Status(429, "TooManyRequests", Refusal)
    {
        Details = new StatusDetails { Causes = [new StatusCause("DisruptionBudget", why)], RetryAfterSeconds = retry },
    });
}
