using System.Text.Json;
using Kube.Columns;

namespace Kube.Http;

/// <summary>Cuts the items out of a list while it arrives. What the list says about itself may stand before or after them.</summary>
sealed class ListSlicer
{
    readonly JsonFeed _feed = new();
    string? _property, _metadataProperty;
    bool _inItems, _inMetadata, _sawItems;

    /// <summary>The list's version, once it has been read.</summary>
    public string? ResourceVersion { get; private set; }

    /// <summary>Where the next page goes on; empty on the last one; null until it has been read.</summary>
    public string? Continue { get; private set; }

    /// <summary>Whether its items are the rows of a table.</summary>
    public bool IsTable { get; private set; }

    /// <summary>The columns of a table, once they have been read; servers write them before the rows.</summary>
    public TableColumns? Columns { get; private set; }

    /// <summary>Whether the list has been read to its end.</summary>
    public bool Done { get; private set; }

    /// <summary>Room for what arrives next; never empty.</summary>
    public Memory<byte> Room() => _feed.Room();

    /// <summary>Takes in what was written to <see cref="Room"/>; 0 is the end.</summary>
    public void Arrived(int bytes) => _feed.Arrived(bytes);

    /// <summary>The next item; its bytes are there until <see cref="Room"/> is next asked for. False: more bytes are needed, or the list is <see cref="Done"/>.</summary>
    /// <exception cref="JsonException">This is not JSON, or it ends too soon.</exception>
    /// <exception cref="FormatException">This is JSON, and no list.</exception>
    public bool TryNext(out ReadOnlyMemory<byte> item)
    {
        item = default;
        var reader = _feed.Reader();
        while (reader.Read())
        {
            if (_inItems && InItems(ref reader, out item))
            {
                _feed.Passed(reader);
                return true;
            }
            if (!_inItems) OutsideItems(ref reader);
        }
        _feed.Passed(reader);
        if (_feed.Complete && !Done) throw new FormatException("the list has no end");
        return false;
    }

    bool InItems(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> item)
    {
        item = default;
        if (reader.CurrentDepth > 2) return false;
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray when reader.CurrentDepth == 1:
                _inItems = false;
                _property = null;
                return false;
            case JsonTokenType.StartObject:
                _feed.Mark(reader);
                return false;
            case JsonTokenType.EndObject:
                item = _feed.Cut(reader);
                return true;
            default:
                throw new FormatException("an item of the list is no object");
        }
    }

    void OutsideItems(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth)
        {
            case 0 when reader.TokenType == JsonTokenType.EndObject:
                if (!_sawItems) throw new FormatException("the answer has no items");
                Continue ??= "";
                Done = true;
                break;
            case 0 when reader.TokenType != JsonTokenType.StartObject:
                throw new FormatException("the answer is no object");
            case 1 when reader.TokenType == JsonTokenType.PropertyName:
                _property = reader.GetString();
                break;
            case 1 when _property == "columnDefinitions" && reader.TokenType == JsonTokenType.StartArray:
                _feed.Mark(reader);
                break;
            case 1 when _property == "columnDefinitions" && reader.TokenType == JsonTokenType.EndArray:
                Columns = TableColumns.Read(_feed.Cut(reader).Span);
                break;
            case 1 when _property is "items" or "rows":
                IsTable = _property == "rows";
                _inItems = reader.TokenType == JsonTokenType.StartArray;
                // Go writes an empty list as null now and then.
                _sawItems = _inItems || reader.TokenType == JsonTokenType.Null ? true : throw new FormatException("the answer's items are no array");
                break;
            case 1:
                _inMetadata = _property == "metadata" && reader.TokenType == JsonTokenType.StartObject;
                if (_property == "metadata" && reader.TokenType == JsonTokenType.EndObject) Continue ??= "";
                break;
            case 2 when _inMetadata && reader.TokenType == JsonTokenType.PropertyName:
                _metadataProperty = reader.GetString();
                break;
            case 2 when _inMetadata:
                Metadata(ref reader);
                break;
        }
    }

    void Metadata(ref Utf8JsonReader reader)
    {
        switch (_metadataProperty)
        {
            case "resourceVersion" when reader.TokenType == JsonTokenType.String:
                ResourceVersion = reader.GetString();
                break;
            case "continue" when reader.TokenType == JsonTokenType.String:
                Continue = reader.GetString();
                break;
        }
    }
}
