using System.Text.Json.Nodes;

namespace Kube.Server.Api;

/// <summary>PUT of an object, its status, or a namespace's finalizers.</summary>
static class ReplaceVerb
{
    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        var document = ObjectDecoder.Decode(request, body.Json);
        ObjectUpdate.CheckIdentity(request, document);
        var scope = Scope(request);
        if (scope == UpdateScope.Object && request.Kind.CreatesOnReplace && request.Store.State.Find(request.Kind.Collection, request.Key) is null)
        {
            await ObjectAnswer.WriteAsync(request, await CreateVerb.CreateAsync(request, document), 201);
            return;
        }

        var replaced = await ObjectUpdate.RunAsync(request, scope, _ => document.DeepClone().AsObject());
        await ObjectAnswer.WriteAsync(request, replaced);
    }

    public static UpdateScope Scope(ApiRequest request) => request.Path.Subresource switch
    {
        "status" => UpdateScope.Status,
        "finalize" => UpdateScope.Finalize,
        _ => UpdateScope.Object,
    };
}
