using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>
/// Turns stored objects of a kind into the form that a client asked for. Whole objects are their stored bytes; rows and metadata are made
/// once for each object and shared.
/// </summary>
sealed class ObjectRenderer
{
    static readonly object MetadataV1 = new();
    static readonly object MetadataV1Beta1 = new();

    readonly KindDefinition _kind;
    readonly ResponseForm _form;
    readonly string _includeObject;

    public ObjectRenderer(KindDefinition kind, ResponseForm form, IQueryCollection query)
    {
        (_kind, _form) = (kind, form);
        _includeObject = query["includeObject"].FirstOrDefault() is { Length: > 0 } include ? include : "Metadata";
        if (form.Shape == ObjectShape.Table && _includeObject is not ("None" or "Metadata" or "Object"))
            throw Failures.BadRequest($"unrecognized includeObject value: \"{_includeObject}\"");
    }

    public ResponseForm Form => _form;

    /// <summary>What comes before the items of a list.</summary>
    /// <param name="resourceVersion">The list's version.</param>
    public byte[] ListHead(string resourceVersion, string continueToken, long? remaining)
    {
        var head = new StringBuilder(_form.Shape switch
        {
            ObjectShape.Table => $"{{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/{_form.Version}\"",
            ObjectShape.Metadata => $"{{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/{_form.Version}\"",
            _ => $"{{\"kind\":\"{_kind.ListKind}\",\"apiVersion\":\"{_kind.ApiVersion}\"",
        });
        head.Append(CultureInfo.InvariantCulture, $",\"metadata\":{{\"resourceVersion\":\"{resourceVersion}\"");
        if (continueToken.Length > 0)
            head.Append(CultureInfo.InvariantCulture, $",\"continue\":\"{continueToken}\"");
        if (remaining is { } count)
            head.Append(CultureInfo.InvariantCulture, $",\"remainingItemCount\":{count}");
        head.Append('}');
        if (_form.Shape == ObjectShape.Table)
            head.Append(ColumnDefinitions()).Append(",\"rows\":[");
        else
            head.Append(",\"items\":[");
        return Encoding.UTF8.GetBytes(head.ToString());
    }

    /// <summary>One item of a list: without its kind, unless the form has it.</summary>
    public void WriteItem(IBufferWriter<byte> to, StoredObject item, DateTimeOffset now)
    {
        // Items of a known type have no kind of their own; those of a custom one have, as in Kubernetes.
        if (_form.Shape == ObjectShape.Whole && _kind.Custom is null)
        {
            item = Shown(item);
            to.Write("{"u8);
            to.Write((item.Revision == 0 ? item.Unversioned : item.Json).AsSpan(item.MetadataOffset));
        }
        else
        {
            WriteObject(to, item, now);
        }
    }

    /// <summary>One object by itself: in a table, a row.</summary>
    public void WriteObject(IBufferWriter<byte> to, StoredObject item, DateTimeOffset now)
    {
        switch (_form.Shape)
        {
            case ObjectShape.Table:
                WriteRow(to, item, now);
                break;
            case ObjectShape.Metadata:
                to.Write(MetadataOf(item));
                break;
            default:
                item = Shown(item);
                to.Write(item.Revision == 0 ? item.Unversioned : item.Json);
                break;
        }
    }

    /// <summary>A table of one row.</summary>
    /// <param name="columns">Whether to name the columns; the later events of a watch leave them out.</param>
    public void WriteTable(IBufferWriter<byte> to, StoredObject item, DateTimeOffset now, bool columns)
    {
        to.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/{_form.Version}\",\"metadata\":{{\"resourceVersion\":\"{item.Revision}\"}}{(columns ? ColumnDefinitions() : ",\"columnDefinitions\":null")},\"rows\":[")));
        WriteRow(to, item, now);
        to.Write("]}"u8);
    }

    void WriteRow(IBufferWriter<byte> to, StoredObject item, DateTimeOffset now)
    {
        to.Write("{\"cells\":"u8);
        // Ages change by the second, so cells are shared within one.
        to.Write(item.Form(_kind, now.ToUnixTimeSeconds(), stored => MakeCells(stored, now)));
        switch (_includeObject)
        {
            case "Metadata":
                to.Write(",\"object\":"u8);
                to.Write(MetadataOf(item));
                break;
            case "Object":
                to.Write(",\"object\":"u8);
                to.Write(Shown(item).Json);
                break;
        }

        to.Write("}"u8);
    }

    // The object as its kind shows it, which for most is as it is kept.
    StoredObject Shown(StoredObject item)
    {
        if (_kind.Stored is not { } stored || (stored.Show is null && item.Json.AsSpan().StartsWith(_kind.DocumentPrefix)))
            return item;
        return new StoredObject(item.Key, item.Revision, item.Form(stored, 0, kept => Documents.Write(_kind, Documents.Parse(kept, _kind)).Stamp(kept.Revision)));
    }

    byte[] MakeCells(StoredObject item, DateTimeOffset now)
    {
        using var document = item.Parse();
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions);
        json.WriteStartArray();
        foreach (var cell in _kind.Cells(new RowSource(document.RootElement, item.Json, now)))
        {
            switch (cell)
            {
                case null:
                    json.WriteNullValue();
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case int number:
                    json.WriteNumberValue(number);
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case double number:
                    json.WriteNumberValue(number);
                    break;
                default:
                    throw new InvalidOperationException($"the table of {_kind.Plural} has a cell of type {cell.GetType()}");
            }
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    byte[] MetadataOf(StoredObject item) =>
        item.Form(_form.Version == "v1" ? MetadataV1 : MetadataV1Beta1, 0, MakeMetadata);

    byte[] MakeMetadata(StoredObject item)
    {
        using var document = item.Parse();
        var metadata = document.RootElement.GetProperty("metadata").GetRawText();
        return Encoding.UTF8.GetBytes($"{{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/{_form.Version}\",\"metadata\":{metadata}}}");
    }

    string ColumnDefinitions()
    {
        static string Quoted(string text) => JsonSerializer.Serialize(text, JsonText.NodeOptions);
        var columns = _kind.Columns.Select(c => string.Create(CultureInfo.InvariantCulture,
            $"{{\"name\":{Quoted(c.Name)},\"type\":{Quoted(c.Type)},\"format\":{Quoted(c.Format)},\"description\":{Quoted(c.Description)},\"priority\":{c.Priority}}}"));
        return $",\"columnDefinitions\":[{string.Join(",", columns)}]";
    }
}
