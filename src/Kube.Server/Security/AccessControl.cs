using Kube.Server.Api;

namespace Kube.Server.Security;

/// <summary>Answers 401 to whom it does not know and 403 to who may not, be it in another's name; who asks is then known to what comes after.</summary>
static class AccessControl
{
    public static IApplicationBuilder UseAccessControl(this IApplicationBuilder app, Authenticator authenticator, Authorizer authorizer) =>
        app.Use(async (context, next) =>
        {
            var attributes = RequestAttributes.Read(context.Request.Method, context.Request.Path, ListQuery.IsWatch(context.Request.Query));
            var user = authenticator.Authenticate(context.Request.Headers.Authorization, context.Connection.ClientCertificate);
            if (user is null || ReferenceEquals(user, RequestUser.Anonymous) && !authorizer.Allows(user, attributes))
                throw Failures.Unauthorized();
            if (Impersonation.Read(context.Request.Headers) is { } other)
            {
                foreach (var needed in other.Needed) Demand(authorizer, user, needed);
                user = other.User;
            }
            Demand(authorizer, user, attributes);
            context.Features.Set(user);
            await next(context);
        });

    static void Demand(Authorizer authorizer, RequestUser user, RequestAttributes attributes)
    {
        if (authorizer.Allows(user, attributes)) return;
        throw new StatusException(new Status(403, "Forbidden", Authorizer.Refusal(user, attributes))
        {
            Details = new StatusDetails(attributes.Name ?? "", attributes.Group, attributes.Resource),
        });
    }

    /// <summary>Who asks, or in whose name. There is always one behind <see cref="UseAccessControl"/>.</summary>
    public static RequestUser User(this HttpContext context) => context.Features.Get<RequestUser>() ?? throw new InvalidOperationException("the request has not passed access control");
}
