using System.Text.Json;

namespace Kube.Server.Api;

/// <summary>A failure as the API reports it. Reasons, codes and words are Kubernetes' own (apimachinery, pkg/api/errors).</summary>
sealed record Status(int Code, string Reason, string Message)
{
    public StatusDetails? Details { get; init; }

    /// <summary>Leads on where a list's own continuation has expired.</summary>
    public string Continue { get; init; } = "";

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, "Status"u8);
            json.WriteString("apiVersion"u8, "v1"u8);
            json.WriteStartObject("metadata"u8);
            if (Continue.Length > 0)
                json.WriteString("continue"u8, Continue);
            json.WriteEndObject();
            json.WriteString("status"u8, "Failure"u8);
            json.WriteString("message"u8, Message);
            if (Reason.Length > 0)
                json.WriteString("reason"u8, Reason);
            Details?.Write(json);
            json.WriteNumber("code"u8, Code);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

/// <summary>What a failure is about.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Group">The API group.</param>
/// <param name="Kind">The resource as it stands in URLs, or the kind where validation failed.</param>
sealed record StatusDetails(string Name = "", string Group = "", string Kind = "")
{
    public string Uid { get; init; } = "";

    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    public int RetryAfterSeconds { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("details"u8);
        WriteText(json, "name", Name);
        WriteText(json, "group", Group);
        WriteText(json, "kind", Kind);
        WriteText(json, "uid", Uid);
        if (Causes.Count > 0)
        {
            json.WriteStartArray("causes"u8);
            foreach (var cause in Causes)
            {
                json.WriteStartObject();
                WriteText(json, "reason", cause.Reason);
                WriteText(json, "message", cause.Message);
                WriteText(json, "field", cause.Field);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (RetryAfterSeconds > 0)
            json.WriteNumber("retryAfterSeconds"u8, RetryAfterSeconds);
        json.WriteEndObject();
    }

    static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
            json.WriteString(name, value);
    }
}

/// <summary>One reason among several for a failure.</summary>
sealed record StatusCause(string Reason, string Message, string Field = "");
