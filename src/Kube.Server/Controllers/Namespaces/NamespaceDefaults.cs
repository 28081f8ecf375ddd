using System.Security.Cryptography.X509Certificates;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Namespaces;

/// <summary>Keeps in each namespace what pods expect there: the service account <c>default</c> and the config map with the cluster's CA.</summary>
sealed class NamespaceDefaults
{
    public const string ServiceAccount = "default";
    public const string CaConfigMap = "kube-root-ca.crt";

    readonly KubeApi _api;
    readonly Cache<NamespaceDocument> _namespaces;
    readonly Cache<AnyDocument> _accounts;
    readonly Cache<ConfigMapDocument> _configMaps;
    readonly WorkQueue _queue;
    readonly string _ca;

    /// <param name="api">The API.</param>
    /// <param name="namespaces">All namespaces.</param>
    /// <param name="accounts">The service accounts called <see cref="ServiceAccount"/>.</param>
    /// <param name="configMaps">The config maps called <see cref="CaConfigMap"/>.</param>
    /// <param name="authority">The cluster's CA.</param>
    /// <param name="time">The time.</param>
    /// <param name="log">The log.</param>
    public NamespaceDefaults(
        KubeApi api, Cache<NamespaceDocument> namespaces, Cache<AnyDocument> accounts, Cache<ConfigMapDocument> configMaps, X509Certificate2 authority, TimeProvider time, ILogger log)
    {
        (_api, _namespaces, _accounts, _configMaps, _queue) = (api, namespaces, accounts, configMaps, new WorkQueue("defaults of namespace", time, log));
        _ca = authority.ExportCertificatePem() + "\n";
        namespaces.Changed += (_, item) => _queue.Add(item.Metadata.Name);
        accounts.Changed += (_, item) => _queue.Add(item.Metadata.Namespace!);
        configMaps.Changed += (_, item) => _queue.Add(item.Metadata.Namespace!);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_namespaces.Synced, _accounts.Synced, _configMaps.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancel)
    {
        if (_namespaces.Find(name) is not { Metadata.DeletionTimestamp: null }) return null;
        try
        {
            if (_accounts.Find($"{name}/{ServiceAccount}") is null)
                await Bootstrap.CreateAsync(_api, KubeResources.ServiceAccounts, name, Bootstrap.DefaultServiceAccount, cancel);
            var present = _configMaps.Find($"{name}/{CaConfigMap}");
            if (present is null)
                await Bootstrap.CreateAsync(_api, KubeResources.ConfigMaps, name, ConfigMap(), cancel);
            else if (present.Data?.GetValueOrDefault("ca.crt") != _ca)
                await _api.PatchAsync(KubeResources.ConfigMaps, name, CaConfigMap, PatchType.Merge, ConfigMap(), ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound" || e.Status.Causes.Any(c => c.Reason == "NamespaceTerminating"))
        {
            // The namespace goes, or the config map went; if the latter, its deletion is told next.
        }
        return null;
    }

    byte[] ConfigMap() => JsonBody.Write(json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "ConfigMap");
        json.WriteStartObject("metadata");
        json.WriteString("name", CaConfigMap);
        json.WriteStartObject("annotations");
        json.WriteString("kubernetes.io/description", "The CA certificate with which this cluster's API server can be trusted.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("data");
        json.WriteString("ca.crt", _ca);
        json.WriteEndObject();
    });
}
