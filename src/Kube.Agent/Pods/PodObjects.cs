using System.Collections.Concurrent;
using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>
/// Reads the config maps, secrets and service accounts that pods name. While the API server does not answer, what was read last goes on to be
/// true, so that containers can be restarted without it.
/// </summary>
sealed class PodObjects(KubeApi api)
{
    const int NotFound = 404;
    const int ServerError = 500;

    // Only what is asked for again and again is worth keeping; beyond this it begins anew.
    const int Remembered = 1000;

    readonly ConcurrentDictionary<(string Resource, string Namespace, string Name), KubeObject?> _last = [];

    /// <summary>Reads one; null when there is none.</summary>
    /// <exception cref="KubeException">The API server refuses it, or does not answer and never has.</exception>
    public async Task<JsonDocument?> FindAsync(KubeResource resource, string @namespace, string name, CancellationToken cancel)
    {
        var key = (resource.Name, @namespace, name);
        try
        {
            return Keep(key, await api.GetAsync(resource, @namespace, name, cancel));
        }
        catch (KubeOperationException e) when (e.Status.Code == NotFound)
        {
            return Keep(key, null);
        }
        catch (ArgumentException)
        {
            // A name that no object can have, such as "a/b": pods may name any.
            return null;
        }
        catch (KubeException e) when ((e is not KubeOperationException refusal || refusal.Status.Code >= ServerError) && _last.TryGetValue(key, out var known))
        {
            return Parse(known);
        }
    }

    JsonDocument? Keep((string, string, string) key, KubeObject? found)
    {
        if (_last.Count >= Remembered)
            _last.Clear();
        _last[key] = found;
        return Parse(found);
    }

    static JsonDocument? Parse(KubeObject? found) => found is null ? null : JsonDocument.Parse(found.Json);
}
