using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Api;

/// <summary>A watch, read event by event, never for longer than a bound.</summary>
sealed class TestWatch(HttpResponseMessage response, Stream stream) : IDisposable
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    readonly StreamReader _reader = new(stream);

    /// <summary>The next event, or null at the end of the stream.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        var line = await _reader.ReadLineAsync().WaitAsync(Bound);
        return line is null ? null : JsonNode.Parse(line);
    }

    /// <summary>The next event as <c>TYPE name</c>.</summary>
    public async Task<string> NextNameAsync()
    {
        var next = await NextAsync();
        return next is null ? "END" : $"{next["type"]} {next["object"]!["metadata"]!["name"]}";
    }

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }
}
