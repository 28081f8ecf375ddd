using System.Threading.Channels;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.CustomResources;

/// <summary>Follows the objects of all custom kinds, as kinds come and go.</summary>
sealed class CustomWatches
{
    readonly KubeApi _api;
    readonly Cache<DefinitionDocument> _definitions;
    readonly ILogger _log;
    readonly Channel<string> _changed = Channel.CreateUnbounded<string>();
    readonly Dictionary<string, Watched> _watched = [];

    public CustomWatches(KubeApi api, Cache<DefinitionDocument> definitions, ILogger log)
    {
        (_api, _definitions, _log) = (api, definitions, log);
        definitions.Changed += (_, definition) => _changed.Writer.TryWrite(definition.Metadata.Name);
    }

    /// <summary>Called for each change of an object.</summary>
    public event Action<KubeResource, KubeWatchEventType, ObjectMeta>? Changed;

    /// <summary>Called when the objects of a kind can be no more, as it is gone itself.</summary>
    public event Action<KubeResource>? Ended;

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var name in _changed.Reader.ReadAllAsync(cancel))
            {
                var definition = _definitions.Find(name);
                var wanted = definition is { IsEstablished: true } ? definition.Served : null;
                if (_watched.GetValueOrDefault(name) is { } present)
                {
                    if (present.Resource == wanted) continue;
                    await StopAsync(name, present);
                    if (definition is null) Ended?.Invoke(present.Resource);
                }
                if (wanted is not null) _watched[name] = Start(wanted, cancel);
            }
        }
        finally
        {
            foreach (var (name, watched) in _watched.ToList()) await StopAsync(name, watched);
        }
    }

    Watched Start(KubeResource resource, CancellationToken cancel)
    {
        var cache = new Cache<AnyDocument>(_api, resource, DocumentJson.Default.AnyDocument, _log);
        cache.ObjectChanged += (of, type, item) => Changed?.Invoke(of, type, item);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        return new Watched(resource, stop, Task.Run(() => cache.RunAsync(stop.Token), CancellationToken.None));
    }

    async Task StopAsync(string name, Watched watched)
    {
        await watched.Stop.CancelAsync();
        try
        {
            await watched.Run;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        watched.Stop.Dispose();
        _watched.Remove(name);
    }

    sealed record Watched(KubeResource Resource, CancellationTokenSource Stop, Task Run);
}
