using Kube.Server.Api;

namespace Kube.Server.Security;

/// <summary>Answers 401 to whom it does not know and 403 to who may not; who asks is then known to what comes after.</summary>
static class AccessControl
{
    public static IApplicationBuilder UseAccessControl(this IApplicationBuilder app, Authenticator authenticator, Authorizer authorizer) =>
        app.Use(async (context, next) =>
        {
            var attributes = RequestAttributes.Read(context.Request.Method, context.Request.Path, IsWatch(context.Request));
            var user = authenticator.Authenticate(context.Request.Headers.Authorization, context.Connection.ClientCertificate);
            if (user is null || ReferenceEquals(user, RequestUser.Anonymous) && !authorizer.Allows(user, attributes))
                throw Failures.Unauthorized();
            if (!authorizer.Allows(user, attributes))
                throw new StatusException(new Status(403, "Forbidden", Authorizer.Refusal(user, attributes))
                {
                    Details = new StatusDetails(attributes.Name ?? "", attributes.Group, attributes.Resource),
                });
            context.Features.Set(user);
            await next(context);
        });

    /// <summary>Who asks. There is always one behind <see cref="UseAccessControl"/>.</summary>
    public static RequestUser User(this HttpContext context) => context.Features.Get<RequestUser>() ?? throw new InvalidOperationException("the request has not passed access control");

    static bool IsWatch(HttpRequest request) => request.Query.TryGetValue("watch", out var watch) && watch.ToString() is "1" or "true" or "";
}
