namespace Kube.Server.Api;

/// <summary>GET of one object, or of its status, which is the same document.</summary>
static class GetVerb
{
    public static Task ExecuteAsync(ApiRequest request) => ObjectAnswer.WriteAsync(request, request.Find());
}
