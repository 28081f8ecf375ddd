using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Schemas;
using Kube.Server.Kinds.Workloads;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>A workload's <c>scale</c> subresource: its replicas as an <c>autoscaling/v1</c> Scale.</summary>
static class ScaleVerb
{
    static readonly string[] Replicas = ["spec", "replicas"];

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var item = request.Http.Request.Method switch
        {
            "PUT" => await ReplaceAsync(request),
            "PATCH" => await PatchAsync(request),
            _ => request.Find(),
        };
        var scale = ToScale(request, Documents.Parse(item, request.Kind));
        await ObjectAnswer.WriteAsync(request, JsonSerializer.SerializeToUtf8Bytes(scale, JsonText.NodeOptions));
    }

    static async Task<StoredObject> ReplaceAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        return await SetAsync(request, _ => JsonText.ParseObject(body.Json, "the body"));
    }

    static async Task<StoredObject> PatchAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        if (body.MediaType == ApplyVerb.MediaType)
            return await ApplyAsync(request, body);
        var apply = PatchVerb.Reader(body, request.Kind, SchemaCatalog.Find("autoscaling", "Scale"));
        return await SetAsync(request, current =>
        {
            var scale = ToScale(request, current);
            scale.Metadata().Remove("resourceVersion");
            return apply(scale) as JsonObject ?? throw Failures.BadRequest("the patched Scale is no JSON object");
        });
    }

    // What is applied to a scale is applied to the field of the object that it stands for.
    static async Task<StoredObject> ApplyAsync(ApiRequest request, RequestBody body)
    {
        var scale = JsonText.ParseObject(RequestBody.FromYaml(body.Json, request.Services.Yaml), "the body");
        CheckScale(request, scale);
        var metadata = new JsonObject { ["name"] = request.Path.Name };
        metadata.CopyField(scale.Metadata(), "resourceVersion");
        var applied = new JsonObject { ["kind"] = request.Kind.Kind, ["apiVersion"] = request.Kind.ApiVersion, ["metadata"] = metadata };
        if (scale.Number("spec", "replicas") is { } replicas)
            SetReplicas(applied, Paths(request)?.Replicas ?? Replicas, replicas);
        return (await ApplyVerb.ApplyAsync(request, applied)).Item;
    }

    static Task<StoredObject> SetAsync(ApiRequest request, Func<JsonObject, JsonObject> change) =>
        ObjectUpdate.RunAsync(request, UpdateScope.Object, stored =>
        {
            var item = Documents.Parse(stored, request.Kind);
            var scale = change(item);
            CheckScale(request, scale);
            item.Metadata()["resourceVersion"] = scale.Text("metadata", "resourceVersion");
            SetReplicas(item, Paths(request)?.Replicas ?? Replicas, scale.Number("spec", "replicas") ?? 0);
            return item;
        });

    static ScalePaths? Paths(ApiRequest request) => request.Kind.Subresource("scale")?.Paths;

    static void SetReplicas(JsonObject item, ReadOnlySpan<string> path, long replicas)
    {
        foreach (var step in path[..^1])
        {
            if (item[step] is not JsonObject next)
                item[step] = next = [];
            item = next;
        }

        item[path[^1]] = replicas;
    }

    static void CheckScale(ApiRequest request, JsonObject scale)
    {
        if (scale.Text("kind") is not ("" or "Scale"))
            throw Failures.BadRequest($"expected input object type to be Scale, but {scale.Text("kind")}");
        if (scale.Text("metadata", "name") is { Length: > 0 } name && name != request.Path.Name)
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Path.Name})");
        var replicas = scale.Find("spec", "replicas");
        if (replicas is not null && scale.Number("spec", "replicas") is null)
            throw Failures.BadRequest($"Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal {replicas.GetValueKind().ToString().ToLowerInvariant()} into Go struct field ScaleSpec.spec.replicas of type int32");
        if (scale.Number("spec", "replicas") is < 0 and var negative)
        {
            var cause = new StatusCause("FieldValueInvalid", $"Invalid value: {negative}: must be greater than or equal to 0", "spec.replicas");
            throw new StatusException(new Status(422, "Invalid", $"Scale.autoscaling \"{request.Path.Name}\" is invalid: {cause.Field}: {cause.Message}")
            {
                Details = new StatusDetails(request.Path.Name, "autoscaling", "Scale") { Causes = [cause] },
            });
        }
    }

    static JsonObject ToScale(ApiRequest request, JsonObject item)
    {
        var metadata = new JsonObject();
        foreach (var field in (ReadOnlySpan<string>)["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            metadata.CopyField(item.Metadata(), field);
        var (wanted, present, selector) = Paths(request) is { } paths
            ? (item.Number(paths.Replicas) ?? throw Failures.Internal($"the spec replicas field \".{string.Join('.', paths.Replicas)}\" does not exist"),
                item.Number(paths.Present) ?? 0, paths.Selector is { } way ? item.Text(way) : "")
            : (item.Number("spec", "replicas") ?? 0, item.Number("status", "replicas") ?? 0, LabelSelectorText.Of(JsonSerializer.SerializeToElement(item.Find("spec", "selector"))));
        var status = new JsonObject { ["replicas"] = present };
        if (selector.Length > 0 || Paths(request) is null)
            status["selector"] = selector;
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = wanted },
            ["status"] = status,
        };
    }
}
