using System.Security.Cryptography.X509Certificates;
using k8s;

namespace Kube.Bench.Processes;

/// <summary>A plain HttpClient for the cluster of a kubeconfig: what fills clusters, and the least that a watch can cost.</summary>
static class ClusterClient
{
    public static HttpClient Open(string kubeconfig)
    {
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.AddRange(config.SslCaCerts);
        handler.SslOptions.CertificateChainPolicy = trust;
        if (config.ClientCertificateData is { } certificate)
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(Text(certificate), Text(config.ClientCertificateKeyData))];
        var client = new HttpClient(handler) { BaseAddress = new Uri(config.Host), DefaultRequestVersion = new Version(2, 0) };
        if (config.AccessToken is { } token) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    static string Text(string base64) => System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(base64));
}
