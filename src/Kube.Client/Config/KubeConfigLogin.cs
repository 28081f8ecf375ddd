using Kube.Credentials;

namespace Kube.Config;

/// <summary>Checks what a kubeconfig's user says about plugins, identity providers and impersonation. Pure but for the files of certificates.</summary>
static class KubeConfigLogin
{
    /// <summary>The providers that Kubernetes 1.26 and 1.27 took out, and the plugins that came for them.</summary>
    static readonly Dictionary<string, string> Removed = new()
    {
        ["gcp"] = "use the credential plugin gke-gcloud-auth-plugin (gcloud container clusters get-credentials writes it)",
        ["azure"] = "use the credential plugin kubelogin (kubelogin convert-kubeconfig writes it)",
        ["openstack"] = "use the credential plugin client-keystone-auth",
    };

    public static KubeImpersonation? Impersonation(KubeConfigUser user)
    {
        if (user.As is { } name) return new KubeImpersonation(name) { Uid = user.AsUid, Groups = user.AsGroups, Extra = user.AsUserExtra };
        return user.AsUid is null && user.AsGroups.Count == 0 && user.AsUserExtra.Count == 0 ? null
            : throw new KubeConfigException($"The user '{user.Name}' has as-uid, as-groups or as-user-extra and no as, which they belong to.", user.Path);
    }

    public static ExecPlugin? Exec(KubeConfigUser user, KubeConfigCluster cluster)
    {
        if (user.Exec is not { } exec) return null;
        if (user.AuthProvider is not null) throw Fault("has exec and auth-provider; one of them must go");
        if (exec.Command is not { } command) throw Fault("has exec without a command");
        var mode = (exec.ApiVersion, exec.InteractiveMode) switch
        {
            (ExecPlugin.V1 or ExecPlugin.V1Beta1, "Never") => InteractiveMode.Never,
            (ExecPlugin.V1 or ExecPlugin.V1Beta1, "IfAvailable") => InteractiveMode.IfAvailable,
            (ExecPlugin.V1 or ExecPlugin.V1Beta1, "Always") => InteractiveMode.Always,
            (ExecPlugin.V1Beta1, null) => InteractiveMode.IfAvailable,
            (ExecPlugin.V1, null) => throw Fault($"has exec of {ExecPlugin.V1} without interactiveMode: Never, IfAvailable or Always"),
            (ExecPlugin.V1 or ExecPlugin.V1Beta1, _) => throw Fault("has exec with an interactiveMode that is none: it is Never, IfAvailable or Always"),
            (null, _) => throw Fault($"has exec without an apiVersion: {ExecPlugin.V1} or {ExecPlugin.V1Beta1}"),
            // Kubernetes took v1alpha1 out in 1.24.
            _ => throw Fault($"has exec of {exec.ApiVersion}, which Kube does not support: a newer plugin, or the command that writes its entry, brings {ExecPlugin.V1} or {ExecPlugin.V1Beta1}"),
        };
        return new ExecPlugin(user.Name, command, exec.ApiVersion!, mode)
        {
            Arguments = exec.Args,
            Environment = exec.Env,
            ProvideClusterInfo = exec.ProvideClusterInfo,
            ClusterConfig = cluster.ExecConfig,
            InstallHint = exec.InstallHint,
            Path = user.Path,
        };

        KubeConfigException Fault(string what) => new($"The user '{user.Name}' {what}.", user.Path);
    }

    public static OidcProvider? Oidc(KubeConfigUser user)
    {
        if (user.AuthProvider is not { } provider) return null;
        if (provider.Name != "oidc")
            throw Fault(Removed.TryGetValue(provider.Name ?? "", out var instead)
                ? $"has the auth-provider {provider.Name}, which Kubernetes has removed: {instead}" : $"has the auth-provider '{provider.Name}', which Kube does not support: it knows oidc");
        if (!Uri.TryCreate(provider["idp-issuer-url"], UriKind.Absolute, out var issuer) || !OidcClient.IsSafe(issuer))
            throw Fault("has an auth-provider oidc without an idp-issuer-url that is an https address");
        if (provider["client-id"] is not { } client) throw Fault("has an auth-provider oidc without a client-id");
        return new OidcProvider(user.Name, user.Path, issuer, client)
        {
            ClientSecret = provider["client-secret"],
            IdToken = provider["id-token"],
            RefreshToken = provider["refresh-token"],
            CertificateAuthority = KubeConfigCertificates.Authorities(
                provider["idp-certificate-authority-data"], provider["idp-certificate-authority"], "idp-certificate-authority", $"the user '{user.Name}'", user.Path),
        };

        KubeConfigException Fault(string what) => new($"The user '{user.Name}' {what}.", user.Path);
    }
}
