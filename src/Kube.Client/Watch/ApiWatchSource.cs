using Kube.Columns;
using Kube.Http;

namespace Kube.Watch;

/// <summary>Lists and changes from a server.</summary>
sealed class ApiWatchSource(KubeApi api, KubeResource resource, string? @namespace, ListOptions options) : IWatchSource
{
    public Task<KubeList> ListAsync(CancellationToken cancel) => api.GetListAsync(resource, @namespace, options, cancel);

    public async Task<IWatchStream> WatchAsync(string resourceVersion, CancellationToken cancel)
    {
        // Spread, so that the watches of many clients do not end in step.
        var seconds = Random.Shared.Next(270, 330);
        var request = KubeRequest.Watch(resource, @namespace, options, resourceVersion, seconds);
        if (api.PrinterColumns) request = Table.Ask(request, resource);
        var answer = await api.Connection.SendAsync(request, cancel).ConfigureAwait(false);
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            return new ApiWatchStream(answer, body, api.Connection, resource, TimeSpan.FromSeconds(seconds + 30));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
