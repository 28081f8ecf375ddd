using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Cors;

/// <summary>Puts CORS into a pipeline, ahead of authentication: a preflight carries no credentials.</summary>
static class CorsPipeline
{
    public static IServiceCollection AddCorsPolicy(this IServiceCollection services, OriginPolicy policy) =>
        services.AddCors().AddSingleton(policy).AddSingleton<ICorsService, ListedCorsService>();

    public static IApplicationBuilder UseCorsPolicy(this IApplicationBuilder app)
    {
        var policy = app.ApplicationServices.GetRequiredService<OriginPolicy>();
        app.Use((context, next) =>
        {
            // Registered first and so run last, after whatever else names headers in Vary.
            context.Response.OnStarting(AddVary, context.Response);
            return next(context);
        });
        // ASP.NET Core's middleware would end every preflight; here one from any other origin goes on like any request.
        return app.UseWhen(
            context => policy.Allows(context.Request.Headers.Origin.ToString()),
            allowed => allowed.UseMiddleware<CorsMiddleware>(policy.Policy));
    }

    static Task AddVary(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (!headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        return Task.CompletedTask;
    }
}
