using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Kube.Server.Cors;

/// <summary>CORS settings that have passed their checks.</summary>
sealed class OriginPolicy
{
    readonly Regex[] _origins;

    OriginPolicy(CorsSettings settings, Regex[] origins)
    {
        _origins = origins;
        Policy = new CorsPolicyBuilder()
            .SetIsOriginAllowed(Allows)
            .WithMethods([.. settings.Methods])
            .WithHeaders([.. settings.Headers])
            .WithExposedHeaders("Date")
            .Build();
        Policy.SupportsCredentials = settings.AllowCredentials;
    }

    /// <summary>The same as ASP.NET Core's middleware takes it.</summary>
    public CorsPolicy Policy { get; }

    /// <returns>Null where no origins are given: CORS is off.</returns>
    /// <exception cref="CorsSettingsException">Entries cannot be used, or are not safe.</exception>
    public static OriginPolicy? Create(CorsSettings settings)
    {
        var compiled = settings.Origins.Select(pattern => (Pattern: pattern, Result: OriginPattern.Compile(pattern))).ToArray();
        var faults = compiled.Where(c => c.Result.Error is not null).Select(c => new CorsFault("origins", c.Pattern, c.Result.Error!))
            .Concat(settings.Methods.Where(m => !IsToken(m)).Select(m => new CorsFault("methods", m, "it is no HTTP method")))
            .Concat(settings.Headers.Where(h => !IsToken(h)).Select(h => new CorsFault("headers", h, "it is no header name")))
            .ToArray();
        if (faults.Length > 0) throw new CorsSettingsException(faults);
        return compiled.Length == 0 ? null : new OriginPolicy(settings, [.. compiled.Select(c => c.Result.Expression!)]);
    }

    /// <summary>Whether the value of an Origin header is one origin, and an allowed one.</summary>
    public bool Allows(string origin) => OriginHeader.IsOrigin(origin) && Array.Exists(_origins, o => o.IsMatch(origin));

    // "*" is a token to HTTP; here it would allow more than what is listed.
    static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'+-.^_`|~".Contains(c));
}
