using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>The events of one watch on their way to its client: selected, and written in its form.</summary>
sealed class WatchStream(ApiRequest request, ListQuery query, ObjectRenderer renderer, PipeWriter writer)
{
    const int FlushAt = 64 << 10;
    bool _columnsSent;

    public bool IsFull => writer.UnflushedBytes >= FlushAt;

    public async ValueTask FlushAsync(CancellationToken cancel) => await writer.FlushAsync(cancel);

    public bool IsInScope(StoredObject item) => request.Path.Namespace.Length == 0 || item.Key.Namespace == request.Path.Namespace;

    /// <summary>An object that is there when the watch begins.</summary>
    public void WriteInitial(StoredObject item)
    {
        if (Selects(item))
            WriteEvent("ADDED"u8, item);
    }

    /// <summary>A change, as it looks through the selectors: what enters them is added, what leaves them is deleted.</summary>
    public void Write(StoreEvent change)
    {
        if (!IsInScope(change.Object))
            return;
        var before = change.Previous is { } previous && Selects(previous);
        var after = !change.Deleted && Selects(change.Object);
        if (after)
            WriteEvent(before ? "MODIFIED"u8 : "ADDED"u8, change.Object);
        else if (before)
            WriteEvent("DELETED"u8, change.Deleted ? change.Object : change.Previous!.At(change.Revision));
    }

    public void WriteBookmark(long revision, bool initialEventsEnd)
    {
        var kind = request.Kind;
        var annotations = initialEventsEnd ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        var metadata = string.Create(CultureInfo.InvariantCulture, $"{{\"resourceVersion\":\"{revision}\",\"creationTimestamp\":null{annotations}}}");
        var version = renderer.Form.Version;
        var body = renderer.Form.Shape switch
        {
            ObjectShape.Table => $"{{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/{version}\",\"metadata\":{{\"resourceVersion\":\"{revision.ToString(CultureInfo.InvariantCulture)}\"}},\"columnDefinitions\":null," +
                $"\"rows\":[{{\"cells\":[{string.Join(",", kind.Columns.Select(_ => "\"\""))}],\"object\":{{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/{version}\",\"metadata\":{metadata}}}}}]}}",
            ObjectShape.Metadata => $"{{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/{version}\",\"metadata\":{metadata}}}",
            _ => $"{{\"kind\":\"{kind.Kind}\",\"apiVersion\":\"{kind.ApiVersion}\",\"metadata\":{metadata}}}",
        };
        WriteFrame("BOOKMARK"u8, Encoding.UTF8.GetBytes(body));
    }

    public void WriteError(Status status) => WriteFrame("ERROR"u8, status.ToJson());

    bool Selects(StoredObject item) =>
        query.Fields.Matches(item) && (query.Labels.IsEverything || query.Labels.Matches(item.Metadata.Labels));

    void WriteEvent(ReadOnlySpan<byte> type, StoredObject item)
    {
        Begin(type);
        if (renderer.Form.Shape == ObjectShape.Table)
        {
            renderer.WriteTable(writer, item, request.Now, columns: !_columnsSent);
            _columnsSent = true;
        }
        else
        {
            renderer.WriteObject(writer, item, request.Now);
        }

        writer.Write("}\n"u8);
    }

    void WriteFrame(ReadOnlySpan<byte> type, byte[] body)
    {
        Begin(type);
        writer.Write(body);
        writer.Write("}\n"u8);
    }

    void Begin(ReadOnlySpan<byte> type)
    {
        writer.Write("{\"type\":\""u8);
        writer.Write(type);
        writer.Write("\",\"object\":"u8);
    }
}
