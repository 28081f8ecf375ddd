using System.Text.Json;
using Kube.Credentials;
using Kube.Manifests;

namespace Kube.Config;

/// <summary>Reads one kubeconfig. JSON is read as it is, so that Kube's own files need no YAML.</summary>
static class KubeConfigReader
{
    /// <summary>Reads a file; null where it is not there.</summary>
    public static KubeConfig? ReadFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException(Directory.Exists(path) ? $"The kubeconfig '{path}' is a folder." : $"The kubeconfig '{path}' cannot be read: {e.Message}", path, e);
        }
        return Read(text, path);
    }

    public static KubeConfig Read(string text, string? path)
    {
        using var document = ToJson(text, path);
        IReadOnlyList<string> paths = path is null ? [] : [path];
        if (document is null) return new KubeConfig(null, [], [], [], paths, paths);
        var root = new KubeConfigNode(document.RootElement, "", path);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw root.Fault("the file is no kubeconfig: a mapping is expected");
        if (root.Text("kind") is { } kind && kind != "Config") throw root.Fault($"the file is no kubeconfig: its kind is '{kind}', not 'Config'");
        if (root.Text("apiVersion") is { } version && version != "v1") throw root.Fault($"the file's apiVersion is '{version}', not 'v1'");
        return new KubeConfig(
            root.Text("current-context"),
            [.. root.Named("contexts", "context").Select(c => new KubeConfigContext(c.Name, c.Node.Text("cluster"), c.Node.Text("user"), c.Node.Text("namespace"), path))],
            [.. root.Named("clusters", "cluster").Select(c => Cluster(c.Name, c.Node))],
            [.. root.Named("users", "user").Select(u => User(u.Name, u.Node))],
            paths, paths);
    }

    /// <summary>The text's one document; null where it is empty.</summary>
    public static JsonDocument? ToJson(string text, string? path)
    {
        var bare = text.AsSpan().TrimStart('\uFEFF').TrimStart();
        if (bare.IsEmpty) return null;
        if (bare[0] == '{')
        {
            try
            {
                return JsonDocument.Parse(bare.ToString(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            }
            catch (JsonException)
            {
                // YAML has braces too.
            }
        }
        try
        {
            var documents = YamlProvider.Current.ToJson(text);
            return documents.Count switch
            {
                0 => null,
                1 => JsonDocument.Parse(documents[0].Json),
                var many => throw new KubeConfigException($"The kubeconfig{Name(path)} holds {many} documents; one is expected.", path),
            };
        }
        catch (ManifestException e)
        {
            throw new KubeConfigException($"The kubeconfig{Name(path)} is no YAML{(e.Line is { } line ? $" (line {line})" : "")}: {e.Message}", path, e);
        }
    }

    static string Name(string? path) => path is null ? "" : $" '{path}'";

    static KubeConfigCluster Cluster(string name, KubeConfigNode node) => new(name, node.Path)
    {
        Server = node.Text("server"),
        TlsServerName = node.Text("tls-server-name"),
        InsecureSkipTlsVerify = node.Flag("insecure-skip-tls-verify"),
        CertificateAuthority = node.File("certificate-authority"),
        CertificateAuthorityData = node.Text("certificate-authority-data"),
        DisableCompression = node.Flag("disable-compression"),
        ProxyUrl = node.Text("proxy-url"),
        ExecConfig = node.Items("extensions").FirstOrDefault(e => e.Text("name") == "client.authentication.k8s.io/exec")?.Json("extension"),
    };

    static KubeConfigUser User(string name, KubeConfigNode node) => new(name, node.Path)
    {
        ClientCertificate = node.File("client-certificate"),
        ClientCertificateData = node.Text("client-certificate-data"),
        ClientKey = node.File("client-key"),
        ClientKeyData = node.Text("client-key-data"),
        Token = node.Text("token"),
        TokenFile = node.File("tokenFile"),
        UserName = node.Text("username"),
        Password = node.Text("password"),
        As = node.Text("as"),
        AsUid = node.Text("as-uid"),
        AsGroups = node.Texts("as-groups"),
        AsUserExtra = node.Mapping("as-user-extra") is { } extra ? extra.Names().ToDictionary(key => key, extra.Texts) : new Dictionary<string, IReadOnlyList<string>>(),
        Exec = node.Mapping("exec") is { } exec ? Exec(exec) : null,
        AuthProvider = node.Mapping("auth-provider") is { } provider ? AuthProvider(provider) : null,
    };

    static KubeConfigExec Exec(KubeConfigNode node) => new()
    {
        ApiVersion = node.Text("apiVersion"),
        Command = node.Text("command") is { } command && ExecProgram.IsPath(command) ? node.File("command") : node.Text("command"),
        Args = node.Texts("args"),
        Env = [.. node.Items("env").Select(e => (e.Text("name") ?? throw e.Fault("an entry of exec.env has no name"), e.Text("value") ?? ""))],
        InteractiveMode = node.Text("interactiveMode"),
        ProvideClusterInfo = node.Flag("provideClusterInfo"),
        InstallHint = node.Text("installHint"),
    };

    static KubeConfigAuthProvider AuthProvider(KubeConfigNode node)
    {
        var config = new Dictionary<string, string>();
        if (node.Mapping("config") is { } settings)
            foreach (var name in settings.Names())
                if ((name == "idp-certificate-authority" ? settings.File(name) : settings.Text(name)) is { } value) config[name] = value;
        return new(node.Text("name"), config);
    }
}
