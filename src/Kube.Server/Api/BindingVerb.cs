using System.Text.Json.Nodes;

namespace Kube.Server.Api;

/// <summary>POST of a pod's binding: puts it on a node, once.</summary>
static class BindingVerb
{
    static readonly byte[] Success = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}"""u8.ToArray();

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        var binding = JsonText.ParseObject(body.Json, "the body");
        if (binding.Text("metadata", "name") != request.Path.Name)
            throw Failures.BadRequest("name in URL does not match name in Binding object");
        var node = binding.Text("target", "name");
        if (node.Length == 0 || binding.Text("target", "kind") is not ("" or "Node"))
            throw Failures.BadRequest("target.name: Required value: a binding needs the name of a node");
        await ObjectUpdate.RunAsync(request, UpdateScope.Binding, current =>
        {
            var pod = Documents.Parse(current);
            pod.Metadata().Remove("resourceVersion");
            CheckUnbound(request, pod, binding);
            ((JsonObject)pod["spec"]!)["nodeName"] = node;
            SetScheduled(pod, Documents.Timestamp(request.Now));
            return pod;
        });
        await ObjectAnswer.WriteAsync(request, Success, 201);
    }

    static void CheckUnbound(ApiRequest request, JsonObject pod, JsonObject binding)
    {
        var name = request.Path.Name;
        StatusException Refuse(string why) => new(new Status(409, "Conflict", $"Operation cannot be fulfilled on pods/binding \"{name}\": {why}")
        {
            Details = new StatusDetails(name, "", "pods/binding"),
        });

        var uid = binding.Text("metadata", "uid");
        if (uid.Length > 0 && uid != pod.Text("metadata", "uid"))
            throw Refuse($"Precondition failed: UID in precondition: {uid}, UID in object meta: {pod.Text("metadata", "uid")}");
        if (pod.Text("metadata", "deletionTimestamp").Length > 0)
            throw Refuse($"pod {name} is being deleted, cannot be assigned to a host");
        if (pod.Text("spec", "nodeName") is { Length: > 0 } bound)
            throw Refuse($"pod {name} is already assigned to node \"{bound}\"");
        if (pod.Find("spec", "schedulingGates") is JsonArray { Count: > 0 })
            throw Refuse($"pod {name} has non-empty .spec.schedulingGates");
    }

    static void SetScheduled(JsonObject pod, string now)
    {
        if (pod["status"] is not JsonObject status)
            pod["status"] = status = [];
        if (status["conditions"] is not JsonArray conditions)
            status["conditions"] = conditions = [];
        for (var i = conditions.Count - 1; i >= 0; i--)
        {
            if ((conditions[i] as JsonObject)?.Text("type") == "PodScheduled")
                conditions.RemoveAt(i);
        }

        conditions.Add(new JsonObject { ["lastProbeTime"] = null, ["lastTransitionTime"] = now, ["status"] = "True", ["type"] = "PodScheduled" });
    }
}
