using Kube.Server.Api.OpenApi;
using Kube.Server.Kinds;
using Kube.Server.Storage;
using Kube.Yaml;

namespace Kube.Server.Api;

/// <summary>Puts the API onto an ASP.NET Core application.</summary>
static class KubernetesApi
{
    /// <summary>Registers the store and the kinds; <see cref="KindRegistry.BuiltIn"/> when none are given.</summary>
    public static IServiceCollection AddKubernetesApi(this IServiceCollection services, ObjectStore store, KindRegistry? kinds = null) =>
        services.AddSingleton(store).AddSingleton(kinds ?? KindRegistry.BuiltIn);

    /// <summary>Turns a <see cref="StatusException"/> of what comes after it into its Status document, and known failures of the store into theirs.</summary>
    public static IApplicationBuilder UseStatusErrors(this IApplicationBuilder app) => app.Use(StatusErrors.InvokeAsync);

    /// <summary>
    /// Maps version, health, discovery, OpenAPI and every resource. More exact routes of others (a pod's log, a node's proxy) go first
    /// by ASP.NET Core's own rules. Wants <see cref="UseStatusErrors"/> before it.
    /// </summary>
    public static IEndpointRouteBuilder MapKubernetesApi(this IEndpointRouteBuilder app)
    {
        var services = new ApiServices(
            app.ServiceProvider.GetRequiredService<ObjectStore>(),
            new KindCatalog(app.ServiceProvider.GetRequiredService<ObjectStore>(), app.ServiceProvider.GetRequiredService<KindRegistry>()),
            app.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System,
            new KubeYaml(),
            app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var dispatcher = new ApiDispatcher(services);
        // Handlers here take the HttpContext alone: for any other signature ASP.NET Core compiles expression trees, at each start.
        foreach (var path in (ReadOnlySpan<string>)["/healthz", "/livez", "/readyz"])
        {
            app.Map(path, HealthEndpoint.AnswerAsync);
            app.Map(path + "/ping", HealthEndpoint.AnswerAsync);
        }

        app.Map("/version", static context => context.Request.Method == "GET" ? VersionEndpoint.AnswerAsync(context) : throw Failures.MethodNotAllowed());
        foreach (var root in (ReadOnlySpan<string>)["/api/{**path}", "/apis/{**path}"])
            app.Map(root, dispatcher.InvokeAsync);
        app.MapGet("/openapi/v2", context => OpenApiEndpoint.AnswerV2Async(context, services.Kinds));
        app.MapGet("/openapi/v3/{**path}", context => OpenApiEndpoint.AnswerAsync(context, services.Kinds));
        app.MapFallback("{*path}", static _ => throw Failures.NoSuchResource());
        return app;
    }
}
