using System.Text.Json;
using Kube.Columns;
using Kube.Http;

namespace Kube.Watch;

/// <summary>The frames of a watch, cut out of the answer's body as they arrive.</summary>
/// <remarks>The server was asked to end it; if it lives <paramref name="longest"/>, nobody is there any more and it counts as broken.</remarks>
sealed class ApiWatchStream(HttpResponseMessage answer, Stream body, KubeConnection connection, KubeResource resource, TimeSpan longest) : IWatchStream
{
    readonly WatchSlicer _slicer = new();
    readonly CancellationTokenSource _overdue = new(longest);
    TableColumns? _columns;

    public async ValueTask<WatchFrame?> ReadAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, _overdue.Token);
        try
        {
            while (true)
            {
                if (_slicer.TryNext(out var type, out var json))
                {
                    if (Frame(type, json) is { } frame) return frame;
                    continue;
                }
                if (_slicer.Done) return null;
                _slicer.Arrived(await body.ReadAsync(_slicer.Room(), stop.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw Broken("is silent", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken("broke off", e);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Broken($"cannot be read: {e.Message}", e);
        }
    }

    public ValueTask DisposeAsync()
    {
        answer.Dispose();
        _overdue.Dispose();
        return ValueTask.CompletedTask;
    }

    WatchFrame? Frame(string type, byte[] json)
    {
        switch (type)
        {
            case "ADDED": return Change(KubeWatchEventType.Added, json);
            case "MODIFIED": return Change(KubeWatchEventType.Modified, json);
            case "DELETED": return Change(KubeWatchEventType.Deleted, json);
            case "BOOKMARK":
                return (Table.Is(json) ? Table.VersionOf(json) : KubeObject.Parse(json).ResourceVersion) is { Length: > 0 } version ? new WatchFrame.Bookmark(version) : null;
            case "ERROR":
                using (var status = JsonDocument.Parse(json)) return new WatchFrame.Error(StatusReader.Read(status.RootElement, 500));
            default:
                throw new FormatException($"'{type}' is no type of event");
        }
    }

    // Of the tables of a watch only the first names the columns.
    WatchFrame.Change Change(KubeWatchEventType type, byte[] json) =>
        new(new KubeWatchEvent(type, Table.Is(json) ? Table.ReadOne(json, resource, connection, ref _columns) : KubeObject.Parse(json, connection)));

    KubeStreamException Broken(string how, Exception inner) => new($"The watch of {resource.Name} at {KubeConnection.Show(connection.Server)} {how}.", inner);
}
