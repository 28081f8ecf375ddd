using System.Runtime.CompilerServices;

namespace Kube.Module.Base;

/// <summary>Servers list what is in a namespace that does not exist as they do an empty one; here it is an error, as a name is that does not exist.</summary>
static class NamespaceCheck
{
    // Every cluster has it.
    const string Default = "default";

    /// <summary>Hands a list on and, where nothing was in it, asks for the namespace.</summary>
    /// <exception cref="KubeCmdletException">There is no such namespace.</exception>
    public static async IAsyncEnumerable<KubeObject> WhereEmptyAsync(IAsyncEnumerable<KubeObject> objects, KubeApi api, string? @namespace, [EnumeratorCancellation] CancellationToken cancel)
    {
        var any = false;
        await foreach (var item in objects.WithCancellation(cancel).ConfigureAwait(false))
        {
            any = true;
            yield return item;
        }
        if (!any && @namespace is not (null or Default)) await RequireAsync(api, @namespace, cancel).ConfigureAwait(false);
    }

    static async Task RequireAsync(KubeApi api, string @namespace, CancellationToken cancel)
    {
        try
        {
            await api.GetAsync(KubeResources.Namespaces, null, @namespace, cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status is { Code: 404, Reason: "NotFound" })
        {
            throw new KubeCmdletException(Errors.NotFound, $"There is no namespace '{@namespace}' in {api.Connection.Name}.", exception)
            {
                Target = @namespace,
                Advice = $"{await AskAsync(api, @namespace, cancel).ConfigureAwait(false)}{Errors.NamespaceAdvice}",
            };
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 403)
        {
            // Whoever may not read namespaces may still list what is in one.
        }
    }

    static async Task<string?> AskAsync(KubeApi api, string @namespace, CancellationToken cancel)
    {
        try
        {
            var all = await api.GetListAsync(KubeResources.Namespaces, null, new ListOptions(), cancel).ConfigureAwait(false);
            return Spelling.Ask(@namespace, all.Items.Select(item => item.Name)) is { } question ? question + " " : null;
        }
        catch (KubeException)
        {
            // Who may not list them gets no guess; that the namespace is not there has been said.
            return null;
        }
    }
}
