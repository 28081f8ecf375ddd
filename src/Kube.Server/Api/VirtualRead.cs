using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>GET of one object or a list of a kind that is computed and not stored.</summary>
static class VirtualRead
{
    public static async Task GetAsync(ApiRequest request, ReadHandler read)
    {
        var found = (await ReadAsync(request, request.Store.State, read)).FirstOrDefault(item => item.Key == request.Key);
        await ObjectAnswer.WriteAsync(request, found ?? throw Failures.NotFound(request.Kind, request.Path.Name));
    }

    public static async Task ListAsync(ApiRequest request, ReadHandler read)
    {
        if (ListQuery.IsWatch(request.Query))
            throw Failures.MethodNotAllowed();
        var query = ListQuery.Read(request.Query, request.Kind);
        var state = request.Store.State;
        var items = (await ReadAsync(request, state, read)).Where(item => query.Fields.Matches(item) && query.Labels.Matches(item.Metadata.Labels)).Order().ToList();
        await ListVerb.WriteAsync(request, new ListPage(items, state.Revision, "", null));
    }

    static async Task<IEnumerable<StoredObject>> ReadAsync(ApiRequest request, StoreState state, ReadHandler read)
    {
        var (@namespace, name) = (request.Path.Namespace, request.Path.Name);
        return (await read(state, @namespace, name, request.Cancel)).Select(document => Make(request.Kind, document)).Where(item => @namespace.Length == 0 || item.Key.Namespace == @namespace);
    }

    // Nothing that was never stored has a version.
    static StoredObject Make(KindDefinition kind, JsonObject document) =>
        new(new ObjectKey(document.Text("metadata", "namespace"), document.Text("metadata", "name")), 0, Documents.Draft(kind, document).Stamp(0));
}
