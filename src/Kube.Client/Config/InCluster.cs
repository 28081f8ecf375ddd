using System.Security.Cryptography.X509Certificates;

namespace Kube.Config;

/// <summary>The cluster around a pod, as its service account (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/).</summary>
static class InCluster
{
    /// <summary>The name of its connection, and of the context that stands for it where there is no kubeconfig.</summary>
    public const string Name = "in-cluster";

    const string Mount = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Null where this is no pod.</summary>
    public static KubeConnectionOptions? Find() => Find(Environment.GetEnvironmentVariable, Mount);

    /// <exception cref="KubeConfigException">The mount is there, and what is in it cannot be used.</exception>
    public static KubeConnectionOptions? Find(Func<string, string?> variable, string mount)
    {
        var token = Path.Combine(mount, "token");
        if (variable("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host || variable("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port || !File.Exists(token)) return null;
        var address = $"https://{(host.Contains(':') ? $"[{host}]" : host)}:{port}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server))
            throw new KubeConfigException("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address.");
        return new KubeConnectionOptions
        {
            Server = server,
            Name = Name,
            Namespace = Read(Path.Combine(mount, "namespace"))?.Trim() is { Length: > 0 } own ? own : "default",
            // The kubelet renews it in place.
            TokenFile = token,
            CertificateAuthority = Authorities(Path.Combine(mount, "ca.crt")),
        };
    }

    static X509Certificate2Collection? Authorities(string path) =>
        KubeConfigCertificates.Authorities(null, File.Exists(path) ? path : null, "ca.crt", "the service account", path);

    static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
