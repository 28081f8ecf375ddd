using Kube.Server.Kinds;

namespace Kube.Server.Api;

/// <summary>Finds the kind and the verb that a request means and hands it over: the one list of what the API answers.</summary>
sealed class ApiDispatcher(ApiServices services)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = ApiPath.Parse(context.Request.Path.Value ?? "") ?? throw Failures.NoSuchResource();
        if (path.Resource.Length == 0)
            return DiscoveryAsync(context, path);
        var kind = services.Kinds.Find(path.Group, path.Version, path.Resource) ?? throw AbsentKinds.Refuse(path.Group, path.Resource);
        CheckScope(kind, path);
        var request = new ApiRequest(context, services, kind, path);
        RefuseUnknownForms(request);
        if (kind.Warning is { } warning)
            FieldValidationRules.Warn(context.Response, [warning]);
        if (path.Watches)
            return WatchAsync(request);
        if (path.Subresource.Length > 0)
            return SubresourceAsync(request, kind.Subresource(path.Subresource) ?? throw AbsentKinds.RefuseSubresource(kind, path.Subresource));
        return path.Name.Length > 0 ? ObjectAsync(request) : CollectionAsync(request);
    }

    static Task WatchAsync(ApiRequest request)
    {
        if (request.Path.Subresource.Length > 0 || !request.Kind.Has("watch"))
            throw Failures.NoSuchResource();
        return request.Http.Request.Method == "GET" ? WatchVerb.ExecuteAsync(request) : throw Failures.MethodNotAllowed();
    }

    static Task ObjectAsync(ApiRequest request) => (request.Http.Request.Method, request.Kind) switch
    {
        ("GET", { Read: { } read }) => VirtualRead.GetAsync(request, read),
        ("GET", { } kind) when kind.Has("get") => GetVerb.ExecuteAsync(request),
        ("PUT", { } kind) when kind.Has("update") => ReplaceVerb.ExecuteAsync(request),
        ("PATCH", { } kind) when kind.Has("patch") => PatchVerb.ExecuteAsync(request),
        ("DELETE", { } kind) when kind.Has("delete") => DeleteVerb.ExecuteAsync(request),
        _ => throw Failures.MethodNotAllowed(),
    };

    static Task CollectionAsync(ApiRequest request) => (request.Http.Request.Method, request.Kind) switch
    {
        ("GET", { Read: { } read }) => VirtualRead.ListAsync(request, read),
        ("GET", { } kind) when kind.Has("watch") && request.IsWatch => WatchVerb.ExecuteAsync(request),
        ("GET", { } kind) when kind.Has("list") => ListVerb.ExecuteAsync(request),
        ("POST", { CreationRefused: { } why }) => throw Failures.MethodNotAllowed(why),
        ("POST", { Create: not null }) => VirtualCreate.ExecuteAsync(request, request.Kind, request.Kind.Create!),
        ("POST", { } kind) when kind.Has("create") && kind.Namespaced == request.Path.Namespace.Length > 0 => CreateVerb.ExecuteAsync(request),
        ("DELETE", { } kind) when kind.Has("deletecollection") && kind.Namespaced == request.Path.Namespace.Length > 0 => DeleteCollectionVerb.ExecuteAsync(request),
        _ => throw Failures.MethodNotAllowed(),
    };

    static Task SubresourceAsync(ApiRequest request, Subresource subresource) => (request.Http.Request.Method, subresource.Name) switch
    {
        ("POST", _) when subresource.Create is { } create => VirtualCreate.ExecuteAsync(request, subresource.DocumentKind(request.Kind), create),
        ("GET", "status") => GetVerb.ExecuteAsync(request),
        ("PUT", "status" or "finalize") => ReplaceVerb.ExecuteAsync(request),
        ("PATCH", "status") => PatchVerb.ExecuteAsync(request),
        ("GET" or "PUT" or "PATCH", "scale") => ScaleVerb.ExecuteAsync(request),
        ("POST", "eviction") => EvictionVerb.ExecuteAsync(request, subresource),
        ("POST", "binding") => BindingVerb.ExecuteAsync(request),
        _ => throw Failures.MethodNotAllowed(),
    };

    static void CheckScope(KindDefinition kind, ApiPath path)
    {
        var misplaced = kind.Namespaced
            ? path.Namespace.Length == 0 && path.Name.Length > 0
            : path.Namespace.Length > 0;
        if (misplaced)
            throw Failures.NoSuchResource();
    }

    // Before anything is done: nobody would learn of a change whose answer cannot be given.
    static void RefuseUnknownForms(ApiRequest request)
    {
        ResponseForm.Negotiate(request.Http.Request, stream: request.IsWatch, documentsOnly: request.Path.Subresource is not ("" or "status"));
    }

    Task DiscoveryAsync(HttpContext context, ApiPath path) =>
        Discovery.DiscoveryEndpoint.AnswerAsync(context, services.Kinds, path);
}
