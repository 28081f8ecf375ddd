using System.Net;
using System.Text.Json;
using static Kube.JsonFields;

namespace Kube.Http;

/// <summary>Reads Kubernetes' <c>Status</c>; makes one up from the HTTP status where there is none.</summary>
static class StatusReader
{
    /// <param name="body">The answer's body, whatever it is.</param>
    /// <param name="code">The HTTP status.</param>
    /// <param name="text">What a plain-text body says; null for others.</param>
    /// <param name="retryAfter">What the <c>Retry-After</c> header says, in seconds.</param>
    public static KubeStatus Read(ReadOnlyMemory<byte> body, int code, string? text, int? retryAfter)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && Text(root, "kind") == "Status")
            {
                var status = Read(root, code);
                return status with { RetryAfterSeconds = status.RetryAfterSeconds ?? retryAfter };
            }
        }
        catch (JsonException)
        {
            // Not a Status: the HTTP status has to do.
        }
        var said = $"the server answers {code} {Phrase(code)}";
        return new KubeStatus(code, Reason(code), text is null ? said : $"{said}: {text}") { RetryAfterSeconds = retryAfter, IsMadeUp = true };
    }

    /// <summary>Reads a <c>Status</c> object, such as the one in a watch's ERROR event.</summary>
    public static KubeStatus Read(JsonElement root, int fallbackCode)
    {
        var code = Number(root, "code") ?? fallbackCode;
        var reason = Text(root, "reason") is { Length: > 0 } given ? given : Reason(code);
        var message = Text(root, "message") is { Length: > 0 } words ? words : $"the server answers {code} {Phrase(code)}";
        var status = new KubeStatus(code, reason, message);
        if (!root.TryGetProperty("details", out var details) || details.ValueKind != JsonValueKind.Object) return status;
        return status with
        {
            Name = Text(details, "name"),
            Group = Text(details, "group"),
            Kind = Text(details, "kind"),
            RetryAfterSeconds = Number(details, "retryAfterSeconds") is > 0 and var seconds ? seconds : null,
            Causes = [.. Items(details, "causes").Where(c => c.ValueKind == JsonValueKind.Object)
                .Select(c => new KubeStatusCause(Text(c, "reason"), Text(c, "message"), Text(c, "field")))],
        };
    }

    /// <summary>Kubernetes' word for an HTTP status (apimachinery's <c>NewGenericServerResponse</c>).</summary>
    public static string Reason(int code) => code switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        409 => "Conflict",
        410 => "Expired",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        422 => "Invalid",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "Unknown",
    };

    static string Phrase(int code) => new HttpResponseMessage((HttpStatusCode)code).ReasonPhrase ?? "";
}
