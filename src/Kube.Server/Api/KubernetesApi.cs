using Kube.Server.Api.Discovery;
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
    /// Answers version, health, discovery, OpenAPI and every resource, and ends the pipeline: what else is asked for there is not. Wants
    /// <see cref="UseStatusErrors"/> before it.
    /// </summary>
    public static void RunKubernetesApi(this IApplicationBuilder app)
    {
        var services = new ApiServices(
            app.ApplicationServices.GetRequiredService<ObjectStore>(),
            new KindCatalog(app.ApplicationServices.GetRequiredService<ObjectStore>(), app.ApplicationServices.GetRequiredService<KindRegistry>()),
            app.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System,
            new KubeYaml(),
            app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var dispatcher = new ApiDispatcher(services);
        // A switch and not ASP.NET Core's routing, which costs a server that is started for a few minutes more than it gives: the kinds are found by the dispatcher.
        app.Run(context => (context.Request.Method, ApiPath.Split(context.Request.Path.Value)) switch
        {
            (_, ["api" or "apis", ..]) => dispatcher.InvokeAsync(context),
            ("GET", ["openapi", "v2"]) => OpenApiEndpoint.AnswerV2Async(context, services.Kinds),
            ("GET", ["openapi", "v3", ..]) => OpenApiEndpoint.AnswerAsync(context, services.Kinds),
            ("GET", [] or [""]) => RootPaths.AnswerAsync(context, services.Kinds),
            ("GET", ["version"]) => VersionEndpoint.AnswerAsync(context),
            (_, ["version"]) => throw Failures.MethodNotAllowed(),
            (_, ["healthz" or "livez" or "readyz"] or ["healthz" or "livez" or "readyz", "ping"]) => HealthEndpoint.AnswerAsync(context),
            _ => throw Failures.NoSuchResource(),
        });
    }
}
