using System.Text.Json.Nodes;
using Kube.Config;
using Kube.Tests.Http;

namespace Kube.Tests.Config;

public sealed class KubeConfigFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string At(string name) => Path.Combine(_folder, name);

    static readonly KubeConfigEntry Entry = new("kube", new Uri("https://127.0.0.1:6443/")) { Token = "a+b/c==", Namespace = "dev" };

    [Fact]
    public void A_fresh_file_reads_back_as_JSON_and_is_its_owners_alone()
    {
        using var authority = new TestAuthority();
        using var client = authority.Client("jane");
        var path = At("new/folder/config");
        KubeConfigFile.Write(path, Entry with { CertificateAuthorityPem = authority.Pem, ClientCertificatePem = client.ExportCertificatePem(), ClientKeyPem = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(client)!.ExportECPrivateKeyPem() });
        var text = File.ReadAllText(path);
        Assert.Equal("Config", JsonNode.Parse(text)!["kind"]!.GetValue<string>());
        Assert.Contains("\"a+b/c==\"", text);
        var options = KubeConfig.Load(path).Resolve();
        Assert.Equal(("kube", "https://127.0.0.1:6443/", "dev", "a+b/c=="), (options.Name, options.Server.AbsoluteUri, options.Namespace, options.Token));
        Assert.Equal("CN=kube test authority", Assert.Single(options.CertificateAuthority!).Subject);
        Assert.Equal("CN=jane", options.ClientCertificate!.Subject);
        Assert.Equal(["config"], Directory.EnumerateFileSystemEntries(At("new/folder")).Select(Path.GetFileName));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(At("new/folder")));
    }

    [Fact]
    public void Writing_replaces_what_was_there()
    {
        File.WriteAllText(At("config"), "nonsense");
        KubeConfigFile.Write(At("config"), Entry);
        KubeConfigFile.Write(At("config"), Entry with { Name = "other" });
        Assert.Equal(["other"], KubeConfig.Load(At("config")).Contexts.Select(c => c.Name));
    }

    [Fact]
    public void A_file_that_cannot_be_written_stays_as_it_was()
    {
        File.WriteAllText(At("file"), "");
        Assert.Contains("cannot be written", Assert.Throws<KubeConfigException>(() => KubeConfigFile.Write(At("file/config"), Entry)).Message);
        Directory.CreateDirectory(At("config"));
        Assert.Throws<KubeConfigException>(() => KubeConfigFile.Write(At("config"), Entry));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    const string Theirs = """
        apiVersion: v1
        kind: Config
        current-context: theirs
        clusters:
        - cluster:
            server: https://theirs
            unknown: {a: [1, "01"]}
          name: theirs
        users:
        - name: theirs
          user:
            exec:
              command: aws
        contexts:
        - name: theirs
          context: {cluster: theirs, user: theirs}
        extra: kept
        """;

    [Fact]
    public void Merging_keeps_everything_else()
    {
        File.WriteAllText(At("config"), Theirs);
        Assert.Equal(At("config"), KubeConfigFile.Merge([At("config")], Entry, makeCurrent: false));
        var text = File.ReadAllText(At("config"));
        var rest = text.Split('\n').AsEnumerable();
        Assert.All(Theirs.Split('\n'), line => Assert.Contains(line, rest = rest.SkipWhile(l => l != line)));
        var config = KubeConfig.Load(At("config"));
        Assert.Equal(("theirs", "theirs kube"), (config.CurrentContext, string.Join(' ', config.Contexts.Select(c => c.Name))));
        Assert.Equal("a+b/c==", config.Resolve("kube").Token);
        using var document = KubeConfigReader.ToJson(text, null)!;
        var root = JsonObject.Create(document.RootElement)!;
        Assert.Equal("kept", root["extra"]!.GetValue<string>());
        Assert.Equal("aws", root["users"]![0]!["user"]!["exec"]!["command"]!.GetValue<string>());
        Assert.Equal("""{"a":[1,"01"]}""", root["clusters"]![0]!["cluster"]!["unknown"]!.ToJsonString());
    }

    [Fact]
    public void Merging_again_replaces_the_entry_where_it_is()
    {
        KubeConfigFile.Merge([At("a"), At("b")], Entry, makeCurrent: true);
        Assert.True(File.Exists(At("b")));
        File.WriteAllText(At("a"), Theirs);
        KubeConfigFile.Merge([At("a"), At("b")], Entry with { Token = "new" }, makeCurrent: true);
        var config = KubeConfig.Load([At("a"), At("b")]);
        Assert.Equal(("kube", "new"), (config.CurrentContext, config.Resolve().Token));
        Assert.Equal(["theirs"], KubeConfig.Load(At("a")).Contexts.Select(c => c.Name));
        Assert.Equal("kube", KubeConfig.Load(At("a")).CurrentContext);
    }

    [Fact]
    public void Removing_takes_out_what_nobody_else_names()
    {
        File.WriteAllText(At("a"), Theirs);
        KubeConfigFile.Merge([At("a")], Entry, makeCurrent: true);
        File.WriteAllText(At("b"), """{"contexts":[{"name":"shared","context":{"cluster":"kube","user":"theirs"}}],"current-context":"kube"}""");
        Assert.True(KubeConfigFile.Remove([At("a"), At("missing"), At("b")], "kube"));
        var config = KubeConfig.Load([At("a"), At("b")]);
        Assert.Equal(["theirs", "shared"], config.Contexts.Select(c => c.Name));
        Assert.Null(config.CurrentContext);
        // The cluster is still named by another context, the user is not.
        using var document = KubeConfigReader.ToJson(File.ReadAllText(At("a")), null)!;
        Assert.Equal(["theirs", "kube"], document.RootElement.GetProperty("clusters").EnumerateArray().Select(c => c.GetProperty("name").GetString()!));
        Assert.Equal(["theirs"], document.RootElement.GetProperty("users").EnumerateArray().Select(c => c.GetProperty("name").GetString()!));
        Assert.False(File.Exists(At("missing")));
        Assert.False(KubeConfigFile.Remove([At("a"), At("b")], "kube"));
    }

    [Fact]
    public void A_file_that_is_no_kubeconfig_is_not_overwritten()
    {
        File.WriteAllText(At("config"), "kind: Pod");
        Assert.Throws<KubeConfigException>(() => KubeConfigFile.Merge([At("config")], Entry, makeCurrent: true));
        Assert.Throws<KubeConfigException>(() => KubeConfigFile.Remove([At("config")], "kube"));
        Assert.Equal("kind: Pod", File.ReadAllText(At("config")));
        Assert.Equal([At("config")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Links_are_followed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs links without special rights");
        File.WriteAllText(At("real"), Theirs);
        File.CreateSymbolicLink(At("config"), "real");
        KubeConfigFile.Merge([At("config")], Entry, makeCurrent: false);
        Assert.Equal("real", new FileInfo(At("config")).LinkTarget);
        Assert.Equal(2, KubeConfig.Load(At("real")).Contexts.Count);
    }

    [Fact]
    public void A_lock_that_somebody_forgot_is_named()
    {
        File.WriteAllText(At("config.lock"), "");
        Assert.Contains($"remove '{At("config.lock")}'", Assert.Throws<KubeConfigException>(() => KubeConfigFile.Merge([At("config")], Entry, makeCurrent: true)).Message);
        Assert.True(File.Exists(At("config.lock")));
    }

    [Fact]
    public async Task Many_writers_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => KubeConfigFile.Merge([At("config")], Entry with { Name = $"kube{i}" }, makeCurrent: false))));
        Assert.Equal(8, KubeConfig.Load(At("config")).Contexts.Count);
        Assert.Equal([At("config")], Directory.GetFileSystemEntries(_folder));
    }
}
