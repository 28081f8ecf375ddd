namespace Kube;

/// <summary>Something that happened to an object. Both <c>v1</c> and <c>events.k8s.io/v1</c>.</summary>
public sealed class KubeEvent : KubeObject
{
    readonly IReadOnlyList<KubeEvent> _earlier = [];

    internal KubeEvent(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    KubeEvent(IReadOnlyList<KubeEvent> repeats) : this(repeats[^1].Fields, repeats[^1].Connection) => _earlier = [.. repeats.SkipLast(1)];

    /// <summary>Events in the order in which they were seen last, those that say the same of the same object as one: the newest document, with the count of all and the time
    /// of the first.</summary>
    public static IReadOnlyList<KubeEvent> Fold(IEnumerable<KubeEvent> events)
    {
        var sorted = events.OrderBy(item => item.LastSeen ?? item.CreationTimestamp).ThenBy(item => long.TryParse(item.ResourceVersion, out long version) ? version : 0);
        var folded = sorted.GroupBy(item => (item.Connection, item.Namespace, item.Object, item.Subject["uid"u8].Text, item.Subobject, item.Type, item.Reason, item.Message, item.Source))
            .Select(group => group.ToArray()).Select(group => group.Length == 1 ? group[0] : new KubeEvent(group));
        // A group begins where its first event is and belongs where its last one is.
        return [.. folded.OrderBy(item => item.LastSeen ?? item.CreationTimestamp).ThenBy(item => long.TryParse(item.ResourceVersion, out long version) ? version : 0)];
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
        Now.Document["series"u8]["lastObservedTime"u8].Time ?? Either("lastTimestamp"u8, "deprecatedLastTimestamp"u8).Time ?? OwnFirstSeen;

    /// <summary>When it happened first, in local time.</summary>
    public DateTime? FirstSeen => _earlier.Select(item => item.FirstSeen).Append(OwnFirstSeen).Min();

    /// <summary>How often it happened.</summary>
    public int Count => OwnCount + _earlier.Sum(item => item.Count);

    DateTime? OwnFirstSeen => Either("firstTimestamp"u8, "deprecatedFirstTimestamp"u8).Time ?? Now.Document["eventTime"u8].Time;

    int OwnCount => Now.Document["series"u8]["count"u8].Int ?? (Either("count"u8, "deprecatedCount"u8).Int is { } count and > 0 ? count : 1);

    string? Reporter => Either("reportingComponent"u8, "reportingController"u8).Text;

    JsonSlice Subject => Either("involvedObject"u8, "regarding"u8);

    JsonSlice Either(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        var value = Now.Document[name];
        return value.IsMissing ? Now.Document[other] : value;
    }
}
