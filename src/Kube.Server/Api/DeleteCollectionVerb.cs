using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>DELETE of a collection: each selected object, as if by itself.</summary>
internal static class DeleteCollectionVerb
{
    public static async Task ExecuteAsync(ApiRequest request)
    {
        var query = ListQuery.Read(request.Query, request.Kind);
        var options = await DeleteOptions.ReadAsync(request);
        var page = ListVerb.Select(request, query);
        var deleted = new List<StoredObject>();
        foreach (var item in page.Items)
        {
            try
            {
                deleted.Add((await DeleteVerb.DeleteAsync(request, item.Key, options)).Item);
            }
            catch (StatusException e) when (e.Status.Reason == "NotFound")
            {
                // Somebody else deleted it meanwhile, which is what was wanted.
            }
        }

        await ListVerb.WriteAsync(request, page with { Items = deleted });
    }
}
