using Kube.Discovery;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>What the server says of a kind or of one of its fields.</summary>
    /// <param name="path">The kind, by any of its names, and the way to the field, with dots between: <c>pod.spec.containers</c>, <c>widgets.example.com.spec</c>.</param>
    /// <param name="apiVersion">The version of the kind that is meant, such as <c>apps/v1</c>; null: the one that its group prefers.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="KubeOperationException">The server has no such kind, or does not describe it, or the kind has no such field (404, <c>NotFound</c>).</exception>
    public async Task<KubeResourceHelp> GetHelpAsync(string path, string? apiVersion, CancellationToken cancel)
    {
        var words = path.Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // The longest name: behind a kind may come its group, which has dots of its own, or a field.
        (KubeResource Resource, int Length)? Longest(ResourceMap map) => Enumerable.Range(1, words.Length).Reverse()
            .Select(length => (Resource: map.FindIn(string.Join('.', words.Take(length)), apiVersion), length))
            .Where(found => found.Resource is not null)
            .Select(found => ((KubeResource, int)?)(found.Resource!, found.length)).FirstOrDefault();

        var (_, map) = await Connection.Resources.FindAsync(Connection, map => ReferenceEquals(map, ResourceMap.BuiltIn) ? null : Longest(map)?.Resource, cancel).ConfigureAwait(false);
        if (Longest(map) is not var (resource, length))
            throw NotListed($"the server has no resource type \"{words.FirstOrDefault()}\"{(apiVersion is null ? "" : $" in \"{apiVersion}\"")}", path, map);
        var document = await Connection.OpenApi.GetAsync(this, resource, cancel).ConfigureAwait(false);
        var name = map.FindIn(resource.Singular, apiVersion) == resource ? resource.Singular : resource.Group.Length == 0 ? resource.Name : $"{resource.Name}.{resource.Group}";
        var help = KubeResourceHelp.Of(document, resource, name) ?? throw Missing($"the server does not describe the kind {resource.Kind} ({resource.ApiVersion})");
        foreach (var word in words.Skip(length))
        {
            help = help.Fields.FirstOrDefault(field => field.Name == word) ?? help.Fields.FirstOrDefault(field => field.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
                ?? throw Missing(help.Fields.Count == 0 ? $"{help.Path} ({help.Type}) has no fields" : $"{help.Path} has no field \"{word}\": it has {string.Join(", ", help.Fields.Select(field => field.Name))}");
        }
        return help;

        KubeOperationException Missing(string message) => new(new KubeStatus(404, "NotFound", message) { Kind = resource.Name });
    }
}
