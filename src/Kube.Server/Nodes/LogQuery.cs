using System.Globalization;
using System.Text;
using System.Xml;
using Kube.Agent;
using Kube.Server.Api;

namespace Kube.Server.Nodes;

/// <summary>Reads Kubernetes' <c>PodLogOptions</c> out of a query, and writes them back as the node's endpoint takes them.</summary>
static class LogQuery
{
    /// <exception cref="StatusException">A value is no number or time (400), or not one that is allowed (422, with each cause).</exception>
    public static NodeLogRequest Read(IQueryCollection query, DateTimeOffset now)
    {
        var tail = Number(query, "tailLines");
        var limit = Number(query, "limitBytes");
        var sinceSeconds = Number(query, "sinceSeconds");
        var sinceTime = Time(query, "sinceTime");
        var causes = new List<StatusCause>();
        if (tail < 0) causes.Add(Bad("tailLines", $"Invalid value: {tail}: must be greater than or equal to 0"));
        if (limit < 1) causes.Add(Bad("limitBytes", $"Invalid value: {limit}: must be greater than 0"));
        if (sinceSeconds is not null && sinceTime is not null) causes.Add(new StatusCause("FieldValueForbidden", "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified"));
        else if (sinceSeconds < 1) causes.Add(Bad("sinceSeconds", $"Invalid value: {sinceSeconds}: must be greater than 0"));
        if (causes.Count > 0) throw Invalid(causes);
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

    static DateTimeOffset? Time(IQueryCollection query, string name)
    {
        if (query[name] is not [{ Length: > 0 } text, ..]) return null;
        try
        {
            return XmlConvert.ToDateTimeOffset(text);
        }
        catch (FormatException)
        {
            throw Failures.BadRequest($"{name} \"{text}\" is no time: RFC 3339 is expected, such as 2026-01-31T12:00:00Z");
        }
    }

    static bool Switch(IQueryCollection query, string name) => query[name] switch
    {
        [] => false,
        // As apimachinery converts booleans: only these two are false.
        [var text, ..] => text is not ("false" or "0"),
    };

    static StatusCause Bad(string field, string why) => new("FieldValueInvalid", why, field);

    static StatusException Invalid(List<StatusCause> causes)
    {
        var texts = causes.Select(c => c.Field.Length == 0 ? c.Message : $"{c.Field}: {c.Message}").ToArray();
        return new StatusException(new Status(422, "Invalid", $"PodLogOptions \"\" is invalid: {(texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]")}")
        {
            Details = new StatusDetails("", "", "PodLogOptions") { Causes = causes },
        });
    }
}
