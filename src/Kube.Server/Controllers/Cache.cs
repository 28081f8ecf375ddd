using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>A local copy of all objects of one kind, as far as those see it whom only owners and finalizers concern.</summary>
abstract class Cache(KubeResource resource)
{
    public KubeResource Resource => resource;

    /// <summary>Completes when everything that was there is in the copy.</summary>
    public abstract Task Synced { get; }

    /// <summary>Called for each change, in order, after the copy has it; what it does must be quick. Handlers are added before the run.</summary>
    public event Action<KubeResource, KubeWatchEventType, ObjectMeta>? ObjectChanged;

    private protected void Tell(KubeWatchEventType type, ObjectMeta item) => ObjectChanged?.Invoke(resource, type, item);
}

/// <summary>A local copy of all objects of one kind, parsed once, that several controllers share.</summary>
sealed class Cache<T> : Cache where T : IDocument
{
    readonly Informer _informer;
    readonly Func<ReadOnlyMemory<byte>, T> _read;
    readonly ConcurrentDictionary<string, T> _items = new(StringComparer.Ordinal);

    public Cache(KubeApi api, KubeResource resource, JsonTypeInfo<T> type, ILogger log, ListOptions? options = null)
        : this(api, resource, json => JsonSerializer.Deserialize(json.Span, type)!, log, options)
    {
    }

    /// <param name="read">Makes what is kept out of a document.</param>
    public Cache(KubeApi api, KubeResource resource, Func<ReadOnlyMemory<byte>, T> read, ILogger log, ListOptions? options = null) : base(resource)
    {
        _read = read;
        _informer = new Informer(api, resource, null, options ?? new ListOptions())
        {
            OnFailure = e => log.LogWarning("watching {Resource}: {Message}", resource.Name, e.Message),
        };
    }

    /// <inheritdoc cref="Cache.ObjectChanged"/>
    public event Action<KubeWatchEventType, T>? Changed;

    public ICollection<T> Items => _items.Values;

    public override Task Synced => _informer.Synced;

    /// <param name="key"><c>NAMESPACE/NAME</c>, or the name alone of what has no namespace.</param>
    public T? Find(string key) => _items.GetValueOrDefault(key);

    public Task RunAsync(CancellationToken cancel) => _informer.RunAsync(Apply, cancel);

    void Apply(KubeWatchEvent change)
    {
        var item = _read(change.Object.Json);
        if (change.Type == KubeWatchEventType.Deleted) _items.TryRemove(item.Metadata.Key, out _);
        else _items[item.Metadata.Key] = item;
        Changed?.Invoke(change.Type, item);
        Tell(change.Type, item.Metadata);
    }
}
