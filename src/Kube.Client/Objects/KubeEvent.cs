namespace Kube;

/// <summary>Something that happened to an object. Both <c>v1</c> and <c>events.k8s.io/v1</c>.</summary>
public sealed class KubeEvent : KubeObject
{
    internal KubeEvent(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>Normal or Warning.</summary>
    public string? Type => Now.Document["type"u8].Text;

    /// <summary>What happened, in one word.</summary>
    public string? Reason => Now.Document["reason"u8].Text;

    /// <summary>What happened, as a sentence.</summary>
    public string? Message => (Now.Document["message"u8].Text ?? Now.Document["note"u8].Text)?.Trim();

    /// <summary>What it happened to, such as <c>pod/web</c>.</summary>
    public string Object
    {
        get
        {
            string kind = Subject["kind"u8].Text?.ToLowerInvariant() ?? "";
            return Subject["name"u8].Text is { Length: > 0 } name ? $"{kind}/{name}" : kind;
        }
    }

    /// <summary>The part of the object, such as <c>spec.containers{web}</c>.</summary>
    public string? Subobject => Subject["fieldPath"u8].Text;

    /// <summary>Who tells it: component and host.</summary>
    public string Source
    {
        get
        {
            string? component = Either("source"u8, "deprecatedSource"u8)["component"u8].Text is { Length: > 0 } name ? name : Reporter;
            string? host = Either("source"u8, "deprecatedSource"u8)["host"u8].Text is { Length: > 0 } place ? place : Now.Document["reportingInstance"u8].Text;
            return host is { Length: > 0 } ? $"{component}, {host}" : component ?? "";
        }
    }

    /// <summary>When it happened last, in local time.</summary>
    public DateTime? LastSeen =>
        Now.Document["series"u8]["lastObservedTime"u8].Time ?? Either("lastTimestamp"u8, "deprecatedLastTimestamp"u8).Time ?? FirstSeen;

    /// <summary>When it happened first, in local time.</summary>
    public DateTime? FirstSeen => Either("firstTimestamp"u8, "deprecatedFirstTimestamp"u8).Time ?? Now.Document["eventTime"u8].Time;

    /// <summary>How often it happened.</summary>
    public int Count => Now.Document["series"u8]["count"u8].Int ?? (Either("count"u8, "deprecatedCount"u8).Int is { } count and > 0 ? count : 1);

    string? Reporter => Either("reportingComponent"u8, "reportingController"u8).Text;

    JsonSlice Subject => Either("involvedObject"u8, "regarding"u8);

    JsonSlice Either(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        var value = Now.Document[name];
        return value.IsMissing ? Now.Document[other] : value;
    }
}
