using System.Buffers;
using System.Text;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>Answers with one object, in the form that the client asked for.</summary>
static class ObjectAnswer
{
    public static Task WriteAsync(ApiRequest request, StoredObject item, int code = 200)
    {
        var renderer = new ObjectRenderer(request.Kind, ResponseForm.Negotiate(request.Http.Request), request.Query);
        var body = new ArrayBufferWriter<byte>(item.Json.Length + 256);
        if (renderer.Form.Shape == ObjectShape.Table)
            renderer.WriteTable(body, item, request.Now, columns: true);
        else
            renderer.WriteObject(body, item, request.Now);
        return WriteAsync(request, renderer.Form, body.WrittenMemory, code);
    }

    /// <summary>Answers with a document that is not stored.</summary>
    public static Task WriteAsync(ApiRequest request, ReadOnlyMemory<byte> json, int code = 200) =>
        WriteAsync(request, ResponseForm.Negotiate(request.Http.Request, documentsOnly: true), json, code);

    static Task WriteAsync(ApiRequest request, ResponseForm form, ReadOnlyMemory<byte> json, int code)
    {
        var body = form.Yaml ? Encoding.UTF8.GetBytes(request.Services.Yaml.FromJson(json.Span)) : json;
        var response = request.Http.Response;
        response.StatusCode = code;
        response.ContentType = form.ContentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, request.Cancel).AsTask();
    }
}
