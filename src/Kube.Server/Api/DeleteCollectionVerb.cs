using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>DELETE of a collection: each selected object, as if by itself.</summary>
static class DeleteCollectionVerb
{
    const int Together = 64;

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var query = ListQuery.Read(request.Query, request.Kind);
        var options = await DeleteOptions.ReadAsync(request);
        var page = ListVerb.Select(request, query);
        var deleted = new StoredObject?[page.Items.Count];
        // Side by side, so that many deletions share a group on disk.
        await Parallel.ForAsync(0, deleted.Length, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = request.Cancel }, async (i, _) =>
        {
            try
            {
                deleted[i] = (await DeleteVerb.DeleteAsync(request, page.Items[i].Key, options)).Item;
            }
            catch (StatusException e) when (e.Status.Reason == "NotFound")
            {
                // Somebody else deleted it meanwhile, which is what was wanted.
            }
        });
        await ListVerb.WriteAsync(request, page with { Items = [.. deleted.OfType<StoredObject>()] });
    }
}
