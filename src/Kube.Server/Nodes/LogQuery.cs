using System.Globalization;
using System.Text;
using Kube.Agent;
using Kube.Server.Api;

namespace Kube.Server.Nodes;

/// <summary>Reads Kubernetes' <c>PodLogOptions</c> out of a query, and writes them back as the node's endpoint takes them.</summary>
static class LogQuery
{
    const int TickDigits = 7;

    /// <summary>As a client of the API server asks, which hands times on in whole seconds as kube-apiserver does.</summary>
    /// <inheritdoc cref="Read"/>
    public static NodeLogRequest ReadForPod(IQueryCollection query, string pod, DateTimeOffset now)
    {
        if (query["stream"] is [{ Length: > 0 } and not "All", ..])
            throw Invalid(pod, [new StatusCause("FieldValueForbidden", "Forbidden: may not be specified", "stream")]);
        var request = Read(query, now, pod);
        return query.ContainsKey("sinceTime") && request.Since is { } since ? request with { Since = DateTimeOffset.FromUnixTimeSeconds(since.ToUnixTimeSeconds()) } : request;
    }

    /// <exception cref="StatusException">A value is no number or time (400), or not one that is allowed (422, with each cause).</exception>
    public static NodeLogRequest Read(IQueryCollection query, DateTimeOffset now, string pod = "")
    {
        var tail = Number(query, "tailLines");
        var limit = Number(query, "limitBytes");
        var sinceSeconds = Number(query, "sinceSeconds");
        var sinceTime = Time(query, "sinceTime", now);
        var causes = new List<StatusCause>();
        if (tail < 0) causes.Add(Bad("tailLines", $"Invalid value: {tail}: must be greater than or equal to 0"));
        if (limit < 1) causes.Add(Bad("limitBytes", $"Invalid value: {limit}: must be greater than 0"));
        if (sinceSeconds is not null && sinceTime is not null) causes.Add(new StatusCause("FieldValueForbidden", "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified", "[]"));
        else if (sinceSeconds < 1) causes.Add(Bad("sinceSeconds", $"Invalid value: {sinceSeconds}: must be greater than 0"));
        if (causes.Count > 0) throw Invalid(pod, causes);
        return new NodeLogRequest
        {
            Follow = Switch(query, "follow"),
            Previous = Switch(query, "previous"),
            Timestamps = Switch(query, "timestamps"),
            TailLines = tail is { } lines ? (int)Math.Min(lines, int.MaxValue) : null,
            LimitBytes = limit,
            // Beyond the first year there is nothing to leave out.
            Since = sinceTime ?? (sinceSeconds is { } seconds && seconds < (now - DateTimeOffset.MinValue).TotalSeconds ? now - TimeSpan.FromSeconds(seconds) : null),
        };
    }

    public static string Write(NodeLogRequest request)
    {
        var query = new StringBuilder();
        void Add(string name, string? value)
        {
            if (value is not null) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
        Add("follow", request.Follow ? "true" : null);
        Add("previous", request.Previous ? "true" : null);
        Add("timestamps", request.Timestamps ? "true" : null);
        Add("tailLines", request.TailLines?.ToString(CultureInfo.InvariantCulture));
        Add("limitBytes", request.LimitBytes?.ToString(CultureInfo.InvariantCulture));
        Add("sinceTime", request.Since?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        return query.ToString();
    }

    static long? Number(IQueryCollection query, string name)
    {
        if (query[name] is not [{ Length: > 0 } text, ..]) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw Failures.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }

    static DateTimeOffset? Time(IQueryCollection query, string name, DateTimeOffset now)
    {
        if (query[name] is not [{ Length: > 0 } text, ..]) return null;
        // Only a whole RFC 3339 time; what is finer than a tick is cut off.
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var end = dot < 0 ? -1 : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') is var length and > TickDigits ? dot + 1 + length : -1;
        var exact = end < 0 ? text : text[..(dot + 1 + TickDigits)] + text[end..];
        return DateTimeOffset.TryParseExact(exact, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && (exact[^1] == 'Z' || exact[^3] == ':' && exact[^6] is '+' or '-')
            ? time : throw Failures.BadRequest($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse it: such as {now:yyyy-MM-ddTHH:mm:ssZ} is expected");
    }

    /// <summary>As apimachinery converts booleans: only these two are false.</summary>
    public static bool Switch(IQueryCollection query, string name) =>
        query[name] is [var text, ..] && !string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) && text != "0";

    static StatusCause Bad(string field, string why) => new("FieldValueInvalid", why, field);

    static StatusException Invalid(string pod, List<StatusCause> causes)
    {
        var texts = causes.Select(c => c.Field.Length == 0 ? c.Message : $"{c.Field}: {c.Message}").ToArray();
        return new StatusException(new Status(422, "Invalid", $"PodLogOptions \"{pod}\" is invalid: {(texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]")}")
        {
            Details = new StatusDetails(pod, "", "PodLogOptions") { Causes = causes },
        });
    }
}
