using System.Collections.Frozen;
using System.Text.Json;

namespace Kube.Server.Storage;

/// <summary>What lists, watches and deletions need of an object's metadata, read in one pass without parsing the rest.</summary>
sealed record ObjectMetadata
{
    static readonly FrozenDictionary<string, string> NoLabels = FrozenDictionary<string, string>.Empty;

    public string Uid { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; private init; } = NoLabels;

    public string? DeletionTimestamp { get; private init; }

    public IReadOnlyList<string> Finalizers { get; private init; } = [];

    public static ObjectMetadata Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata)
                return ReadFields(ref reader);
            reader.Skip();
        }

        return new ObjectMetadata();
    }

    static ObjectMetadata ReadFields(ref Utf8JsonReader reader)
    {
        string uid = "";
        string? deletionTimestamp = null;
        IReadOnlyDictionary<string, string> labels = NoLabels;
        IReadOnlyList<string> finalizers = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("uid"u8))
            {
                reader.Read();
                uid = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("deletionTimestamp"u8))
            {
                reader.Read();
                deletionTimestamp = reader.GetString();
            }
            else if (reader.ValueTextEquals("labels"u8))
            {
                labels = ReadLabels(ref reader);
            }
            else if (reader.ValueTextEquals("finalizers"u8))
            {
                finalizers = ReadStrings(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ObjectMetadata { Uid = uid, DeletionTimestamp = deletionTimestamp, Labels = labels, Finalizers = finalizers };
    }

    static IReadOnlyDictionary<string, string> ReadLabels(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return NoLabels;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            labels[key] = reader.GetString() ?? "";
        }

        return labels;
    }

    static List<string> ReadStrings(ref Utf8JsonReader reader)
    {
        var strings = new List<string>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            return strings;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            strings.Add(reader.GetString()!);
        return strings;
    }
}
