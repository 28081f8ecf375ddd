using Kube.Http;

namespace Kube.Config;

public sealed partial class KubeConfig
{
    /// <summary>All that is needed to talk to a context's cluster. Certificates and keys are read now, tokens in files when they are sent.</summary>
    /// <param name="context">The context; null: the current one.</param>
    /// <exception cref="KubeConfigException">Nothing is chosen; the context, its cluster or its user is not there; a file, certificate or key cannot be
    /// used; the client certificate has expired; or something is asked for that is not supported.</exception>
    public KubeConnectionOptions Resolve(string? context = null) => Resolve(context, DateTime.UtcNow);

    /// <summary>The cluster around the pod that this runs in, as the pod's service account, under the name <c>in-cluster</c>; null where this is no pod, or the kubeconfig has a
    /// context, which then counts instead.</summary>
    /// <exception cref="KubeConfigException">What the pod has cannot be used.</exception>
    public KubeConnectionOptions? FindInCluster() => CurrentContext is null && Contexts.Count == 0 ? InCluster.Find() : null;

    internal KubeConnectionOptions Resolve(string? context, DateTime now)
    {
        // As client-go: where nothing is chosen and a pod is where this runs, the pod's own cluster is meant.
        if (context is null or InCluster.Name && FindInCluster() is { } own) return own;
        var chosen = Choose(context);
        if (chosen.Cluster is not { } clusterName) throw new KubeConfigException($"The context '{chosen.Name}' names no cluster.", chosen.Path);
        var cluster = _clusters.FirstOrDefault(c => c.Name == clusterName)
            ?? throw new KubeConfigException($"The context '{chosen.Name}' names the cluster '{clusterName}', which is not there. {There("clusters", _clusters.Select(c => c.Name))}", chosen.Path);
        KubeConfigUser? user = null;
        if (chosen.User is { } userName)
        {
            user = _users.FirstOrDefault(u => u.Name == userName)
                ?? throw new KubeConfigException($"The context '{chosen.Name}' names the user '{userName}', which is not there. {There("users", _users.Select(u => u.Name))}", chosen.Path);
        }
        var options = new KubeConnectionOptions
        {
            Server = Server(cluster),
            Name = chosen.Name,
            Namespace = chosen.Namespace ?? "default",
            TlsServerName = cluster.TlsServerName,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            CertificateAuthority = KubeConfigCertificates.Authorities(cluster),
            DisableCompression = cluster.DisableCompression,
            Proxy = Proxy(cluster),
            KubeConfigPaths = Paths,
        };
        return user is null ? options : WithUser(options, cluster, user, now);
    }

    KubeConfigContext Choose(string? context)
    {
        if (context is not null)
        {
            return Contexts.FirstOrDefault(c => c.Name == context)
                ?? throw new KubeConfigException(Paths.Count == 0 && LookedAt.Count > 0 ? $"There is no context '{context}': {NoFile()}" : $"There is no context '{context}'. {There("contexts", Contexts.Select(c => c.Name))}", Paths.FirstOrDefault()) { NoSuchContext = true };
        }
        if (Paths.Count == 0 && LookedAt.Count > 0) throw new KubeConfigException($"No cluster is chosen: {NoFile()}", LookedAt[0]) { NothingChosen = true };
        if (CurrentContext is not { } current)
            throw new KubeConfigException($"The kubeconfig sets no current context. {There("contexts", Contexts.Select(c => c.Name))}", Paths.FirstOrDefault()) { NothingChosen = true };
        return Contexts.FirstOrDefault(c => c.Name == current)
            ?? throw new KubeConfigException($"The current context is '{current}', which is not there. {There("contexts", Contexts.Select(c => c.Name))}", Paths.FirstOrDefault());
    }

    string NoFile() => LookedAt.Count == 1 ? $"'{LookedAt[0]}' is not there." : $"none of these files is there: {string.Join(", ", LookedAt)}.";

    static string There(string what, IEnumerable<string> names)
    {
        var all = names.ToList();
        const int Shown = 20;
        return all.Count == 0 ? $"There are no {what}."
            : $"The {what} are: {string.Join(", ", all.Take(Shown))}{(all.Count > Shown ? $" and {all.Count - Shown} more" : "")}.";
    }

    static Uri Server(KubeConfigCluster cluster)
    {
        // kubectl fills the rest in likewise: an address without a scheme is http.
        if (cluster.Server is not { } text) throw new KubeConfigException($"The cluster '{cluster.Name}' has no server.", cluster.Path);
        var address = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.Host.Length == 0)
            throw new KubeConfigException($"The server of the cluster '{cluster.Name}' is no http or https address.", cluster.Path);
        if (server.UserInfo.Length > 0 || server.Query.Length > 0 || server.Fragment.Length > 0)
            throw new KubeConfigException($"The server of the cluster '{cluster.Name}' has a user, a query or a fragment in its address; credentials belong to the user.", cluster.Path);
        return server;
    }

    static Uri? Proxy(KubeConfigCluster cluster)
    {
        if (cluster.ProxyUrl is not { } text) return null;
        // The address is not told: it may hold a password.
        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && ClusterProxy.IsUsable(proxy)
            ? proxy : throw new KubeConfigException($"The proxy-url of the cluster '{cluster.Name}' is no http, https or socks5 address.", cluster.Path);
    }

    static KubeConnectionOptions WithUser(KubeConnectionOptions options, KubeConfigCluster cluster, KubeConfigUser user, DateTime now)
    {
        if (user.UserName is not null && (user.Token ?? user.TokenFile) is not null)
            throw new KubeConfigException($"The user '{user.Name}' has a token and a user name; one of them must go.", user.Path);
        if (user.Password is not null && user.UserName is null)
            throw new KubeConfigException($"The user '{user.Name}' has a password and no user name.", user.Path);
        var (certificate, chain) = KubeConfigCertificates.Client(user, now);
        return options with
        {
            Token = user.Token,
            TokenFile = user.TokenFile,
            UserName = user.UserName,
            Password = user.Password,
            ClientCertificate = certificate,
            ClientCertificateChain = chain,
            Impersonate = KubeConfigLogin.Impersonation(user),
            Exec = KubeConfigLogin.Exec(user, cluster),
            Oidc = KubeConfigLogin.Oidc(user),
        };
    }
}
