using System.Text.Json;
using Kube.Server.Kinds;

namespace Kube.Server.Api;

/// <summary>POST to a resource that is computed and not stored.</summary>
static class VirtualCreate
{
    /// <param name="kind">The kind of the document sent.</param>
    public static async Task ExecuteAsync(ApiRequest request, KindDefinition kind, CreateHandler create)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        var document = ObjectDecoder.Decode(request, kind, body.Json);
        var answer = await create(request.Http, request.Path.Namespace, request.Path.Name, document, request.Cancel);
        await ObjectAnswer.WriteAsync(request, JsonSerializer.SerializeToUtf8Bytes(answer, JsonText.NodeOptions), 201);
    }
}
