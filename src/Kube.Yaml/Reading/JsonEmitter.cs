using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kube.Yaml.Reading;

/// <summary>Writes nodes as JSON, spending the budget on what stands behind an alias.</summary>
sealed class JsonEmitter(ExpansionBudget budget)
{
    // Depth is the composer's concern; the encoder's default would escape whatever is not ASCII.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue };

    readonly ArrayBufferWriter<byte> _buffer = new();
    Place? _alias;

    public static ReadOnlyMemory<byte> Emit(YamlNode root, ExpansionBudget budget)
    {
        var emitter = new JsonEmitter(budget);
        using var writer = new Utf8JsonWriter(emitter._buffer, Options);
        emitter.Write(root, writer, 0);
        writer.Flush();
        return emitter._buffer.WrittenMemory;
    }

    void Write(YamlNode node, Utf8JsonWriter writer, int depth)
    {
        if (depth > Composer.MaxDepth)
            throw Fault.At(_alias ?? node.Place, $"aliases nest deeper than {Composer.MaxDepth} levels");
        switch (node)
        {
            case AliasNode alias:
                var outer = _alias;
                _alias ??= alias.Place;
                Write(alias.Target, writer, depth);
                _alias = outer;
                break;
            case ScalarNode { Value: var value }:
                Spend(value.Text);
                WriteScalar(value, writer);
                break;
            case SequenceNode sequence:
                Spend("[]");
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                    Write(item, writer, depth + 1);
                writer.WriteEndArray();
                break;
            case MappingNode mapping:
                Spend("{}");
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Entries)
                {
                    Spend(key);
                    writer.WritePropertyName(key);
                    Write(value, writer, depth + 1);
                }
                writer.WriteEndObject();
                break;
        }
    }

    static void WriteScalar(JsonScalar value, Utf8JsonWriter writer)
    {
        if (value.Kind == ScalarKind.String)
            writer.WriteStringValue(value.Text);
        else
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }

    void Spend(string text)
    {
        if (_alias is { } place)
            budget.Spend(Encoding.UTF8.GetByteCount(text) + 1, place);
    }
}
