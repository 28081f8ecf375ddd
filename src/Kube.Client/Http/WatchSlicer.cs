using System.Text.Json;

namespace Kube.Http;

/// <summary>Cuts <c>{"type": …, "object": …}</c> frames out of a watch while they arrive.</summary>
sealed class WatchSlicer
{
    // Most watches are silent most of the time, and a process may have many.
    const int FirstSize = 4 * 1024;

    readonly JsonFeed _feed = new(manyValues: true, FirstSize);
    string? _property, _type;
    byte[]? _object;

    /// <summary>Whether the stream has ended, between two frames.</summary>
    public bool Done { get; private set; }

    /// <summary>Room for what arrives next; never empty.</summary>
    public Memory<byte> Room() => _feed.Room();

    /// <summary>Takes in what was written to <see cref="Room"/>; 0 is the end.</summary>
    public void Arrived(int bytes) => _feed.Arrived(bytes);

    /// <summary>The next frame. False: more bytes are needed, or the stream is <see cref="Done"/>.</summary>
    /// <exception cref="JsonException">This is not JSON, or it ends within a frame.</exception>
    /// <exception cref="FormatException">This is JSON, and no frame.</exception>
    public bool TryNext(out string type, out byte[] json)
    {
        (type, json) = ("", []);
        var reader = _feed.Reader();
        while (reader.Read())
        {
            if (reader.CurrentDepth > 1) continue;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when reader.CurrentDepth == 0:
                    (_property, _type, _object) = (null, null, null);
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == 0:
                    (type, json) = (_type, _object) is ({ } t, { } o) ? (t, o) : throw new FormatException("a frame lacks its type or object");
                    _feed.Passed(reader);
                    return true;
                case var _ when reader.CurrentDepth == 0:
                    throw new FormatException("a frame is no object");
                case JsonTokenType.PropertyName:
                    _property = reader.GetString();
                    break;
                case JsonTokenType.String when _property == "type":
                    _type = reader.GetString();
                    break;
                case JsonTokenType.StartObject when _property == "object":
                    _feed.Mark(reader);
                    break;
                case JsonTokenType.EndObject when _property == "object":
                    // A copy: the object keeps it.
                    _object = _feed.Cut(reader).ToArray();
                    break;
            }
        }
        _feed.Passed(reader);
        Done = _feed.Complete;
        return false;
    }
}
