using Kube.Config;

namespace Kube.Tests.Config;

public sealed class KubeConfigTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    const string Two = """
        apiVersion: v1
        kind: Config
        current-context: one
        preferences: {}
        clusters:
        - name: c1
          cluster: {server: "https://one:6443", tls-server-name: inner}
        - name: c2
          cluster: {server: "https://two/k8s/clusters/c-1", insecure-skip-tls-verify: true, disable-compression: true}
        users:
        - name: u1
          user: {token: t1}
        - name: u2
          user: {username: jane, password: 'pass:word'}
        contexts:
        - name: one
          context: {cluster: c1, user: u1, namespace: ns}
        - name: two
          context: {cluster: c2, user: u2}
        - name: nobody
          context: {cluster: c2}
        extensions: []
        """;

    [Fact]
    public void A_context_with_all_that_it_names()
    {
        var config = KubeConfig.Parse(Two);
        Assert.Equal(["one", "two", "nobody"], config.Contexts.Select(c => c.Name));
        var one = config.Resolve();
        Assert.Equal(("https://one:6443/", "one", "ns", "inner", "t1"), (one.Server.AbsoluteUri, one.Name, one.Namespace, one.TlsServerName, one.Token));
        Assert.False(one.InsecureSkipTlsVerify);
        var two = config.Resolve("two");
        Assert.Equal(("/k8s/clusters/c-1", "default", "jane", "pass:word"), (two.Server.AbsolutePath, two.Namespace, two.UserName, two.Password));
        Assert.True(two is { InsecureSkipTlsVerify: true, DisableCompression: true, Token: null });
        Assert.Null(config.Resolve("nobody").UserName);
    }

    [Fact]
    public void JSON_is_read_without_YAML()
    {
        var config = KubeConfig.Parse("\uFEFF \n" + """{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c","user":""}}],"clusters":[{"name":"c","cluster":{"server":"h:8080"}}]}""");
        Assert.Equal("http://h:8080/", config.Resolve().Server.AbsoluteUri);
        Assert.Null(config.Contexts[0].User);
    }

    [Fact]
    public void Braces_may_be_YAML_too() =>
        Assert.Equal("https://h/", KubeConfig.Parse("{current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'https://h'}}]}").Resolve().Server.AbsoluteUri);

    [Fact]
    public void The_first_file_wins_whole_entries_and_the_current_context()
    {
        var first = Write("first", """{"clusters":[{"name":"c","cluster":{"server":"https://first"}}],"contexts":[{"name":"x","context":{"cluster":"c"}}]}""");
        var second = Write("second", """
            {"current-context":"y","clusters":[{"name":"c","cluster":{"server":"https://second","tls-server-name":"s"}},{"name":"d","cluster":{"server":"https://d"}}],
             "contexts":[{"name":"x","context":{"cluster":"d","namespace":"n"}},{"name":"y","context":{"cluster":"d","user":"u"}}],"users":[{"name":"u","user":{"token":"2"}}]}
            """);
        var third = Write("third", """{"current-context":"x","users":[{"name":"u","user":{"token":"3","tokenFile":"f"}}]}""");
        var config = KubeConfig.Load([first, Path.Combine(_folder, "missing"), second, third, first]);
        Assert.Equal("y", config.CurrentContext);
        Assert.Equal([first, second, third], config.Paths);
        Assert.Equal(["x", "y"], config.Contexts.Select(c => c.Name));
        Assert.Equal([first, second], config.Contexts.Select(c => c.Path));
        var x = config.Resolve("x");
        Assert.Equal(("https://first/", "default", null), (x.Server.AbsoluteUri, x.Namespace, x.TlsServerName));
        Assert.Equal(("2", null), (config.Resolve().Token, config.Resolve().TokenFile));
    }

    [Fact]
    public void Paths_are_relative_to_the_file_that_they_stand_in()
    {
        var a = Write("a/config", """{"current-context":"x","contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{"server":"https://h"}}]}""");
        var b = Write("b/config", """{"users":[{"name":"u","user":{"tokenFile":"secrets/../token"}}]}""");
        Assert.Equal(Path.Combine(_folder, "b", "token"), KubeConfig.Load([a, b]).Resolve().TokenFile);
    }

    [Fact]
    public void The_variable_lists_files_and_home_is_the_default()
    {
        Assert.Equal(["a", "b"], KubeConfigPaths.From(string.Join(Path.PathSeparator, "", "a", "", "b", "a")));
        Assert.EndsWith(Path.Combine(".kube", "config"), Assert.Single(KubeConfigPaths.From("")));
        Assert.EndsWith(Path.Combine(".kube", "config"), Assert.Single(KubeConfigPaths.From(null)));
    }

    [Fact]
    public void New_entries_go_to_the_last_file_that_is_there()
    {
        var (a, b, c) = (Write("a", ""), Write("b", ""), Path.Combine(_folder, "c"));
        Assert.Equal(b, KubeConfigPaths.ForNew([a, b, c]));
        Assert.Equal(c, KubeConfigPaths.ForNew([c]));
        Assert.Equal(c, KubeConfigPaths.ForNew([c + "1", c]));
    }

    [Fact]
    public void One_file_that_is_named_must_be_there()
    {
        var path = Path.Combine(_folder, "missing");
        var error = Assert.Throws<KubeConfigException>(() => KubeConfig.Load(path));
        Assert.Equal(path, error.Path);
        Assert.Contains("is not there", error.Message);
    }

    [Fact]
    public void Without_any_file_nothing_is_chosen()
    {
        var missing = Path.Combine(_folder, "missing");
        var config = KubeConfig.Load([missing]);
        Assert.Empty(config.Contexts);
        var error = Assert.Throws<KubeConfigException>(() => config.Resolve());
        Assert.True(error.NothingChosen);
        Assert.Equal($"No cluster is chosen: '{missing}' is not there.", error.Message);
        Assert.Equal($"There is no context 'x': '{missing}' is not there.", Assert.Throws<KubeConfigException>(() => config.Resolve("x")).Message);
        Assert.Contains("none of these files is there", Assert.Throws<KubeConfigException>(() => KubeConfig.Load([missing, missing + "2"]).Resolve()).Message);
    }

    [Fact]
    public void A_folder_is_no_kubeconfig() => Assert.Contains("is a folder", Assert.Throws<KubeConfigException>(() => KubeConfig.Load(_folder)).Message);

    [Fact]
    public void A_file_that_cannot_be_read()
    {
        var path = Write("held", Two);
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains("cannot be read", Assert.Throws<KubeConfigException>(() => KubeConfig.Load(path)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("{}")]
    [InlineData("current-context: ''")]
    [InlineData("current-context: null\ncontexts: null\n")]
    public void An_empty_file_has_no_current_context(string text)
    {
        var error = Assert.Throws<KubeConfigException>(() => KubeConfig.Load(Write("empty", text)).Resolve());
        Assert.True(error.NothingChosen);
        Assert.Equal("The kubeconfig sets no current context. There are no contexts.", error.Message);
    }

    [Theory]
    [InlineData("a: b: c", "is no YAML (line 1)")]
    [InlineData("a: 1\na: 2", "is no YAML (line 2)")]
    [InlineData("{\"a\":1,\"a\":2}", "is no YAML (line 1)")]
    [InlineData("just text", "a mapping is expected")]
    [InlineData("- a", "a mapping is expected")]
    [InlineData("a: 1\n---\nb: 2", "holds 2 documents; one is expected")]
    [InlineData("kind: Pod", "its kind is 'Pod', not 'Config'")]
    [InlineData("apiVersion: v2", "apiVersion is 'v2', not 'v1'")]
    [InlineData("contexts: {}", "contexts is a mapping, and a list is expected")]
    [InlineData("contexts: [x]", "contexts[0] is a string, and a mapping is expected")]
    [InlineData("contexts: [{context: {}}]", "contexts[0] has no name")]
    [InlineData("users: [{name: a}, {name: a}]", "users has 'a' twice")]
    [InlineData("users: [{name: a, user: x}]", "users[0].user is a string, and a mapping is expected")]
    [InlineData("users: [{name: a, user: {password: 12345678}}]", "users[0].user.password is a number, and a string is expected; put it in quotes")]
    [InlineData("clusters: [{name: a, cluster: {insecure-skip-tls-verify: 'yes'}}]", "clusters[0].cluster.insecure-skip-tls-verify is a string, and true or false is expected")]
    public void What_is_no_kubeconfig(string text, string told)
    {
        var path = Write("bad", text);
        var error = Assert.Throws<KubeConfigException>(() => KubeConfig.Load(path));
        Assert.Contains(told, error.Message);
        Assert.Contains(path, error.Message);
        Assert.Equal(path, error.Path);
        Assert.DoesNotContain("12345678", error.ToString());
    }

    [Theory]
    [InlineData("zzz", "There is no context 'zzz'. The contexts are: one, two.")]
    [InlineData("one", "The context 'one' names the cluster 'c', which is not there. The clusters are: d.")]
    [InlineData("two", "The context 'two' names the user 'u', which is not there. There are no users.")]
    public void Names_that_are_not_there_come_with_those_that_are(string context, string told)
    {
        var config = KubeConfig.Parse("""{"contexts":[{"name":"one","context":{"cluster":"c"}},{"name":"two","context":{"cluster":"d","user":"u"}}],"clusters":[{"name":"d","cluster":{"server":"https://h"}}]}""");
        Assert.Equal(told, Assert.Throws<KubeConfigException>(() => config.Resolve(context)).Message);
    }

    [Fact]
    public void A_current_context_that_is_not_there() => Assert.Equal(
        "The current context is 'gone', which is not there. The contexts are: a.",
        Assert.Throws<KubeConfigException>(() => KubeConfig.Parse("""{"current-context":"gone","contexts":[{"name":"a","context":{}}]}""").Resolve()).Message);

    [Theory]
    [InlineData("user", "{\"as-user-extra\":{\"a\":[\"b\"]}}", "The user 'x' has as-uid, as-groups or as-user-extra and no as, which they belong to.")]
    [InlineData("user", "{\"as-groups\":[\"g\"]}", "The user 'x' has as-uid, as-groups or as-user-extra and no as, which they belong to.")]
    [InlineData("cluster", "{\"server\":\"https://h\",\"proxy-url\":\"ftp://u:secret@p\"}", "The proxy-url of the cluster 'x' is no http, https or socks5 address.")]
    [InlineData("cluster", "{\"server\":\"https://h\",\"proxy-url\":\"p:3128\"}", "The proxy-url of the cluster 'x' is no http, https or socks5 address.")]
    [InlineData("user", "{\"exec\":{\"command\":\"aws\"}}", "The user 'x' has exec without an apiVersion: client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1.")]
    [InlineData("user", "{\"exec\":{\"apiVersion\":\"client.authentication.k8s.io/v1\"}}", "The user 'x' has exec without a command.")]
    [InlineData("user", "{\"exec\":{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"command\":\"aws\"}}", "The user 'x' has exec of client.authentication.k8s.io/v1 without interactiveMode: Never, IfAvailable or Always.")]
    [InlineData("user", "{\"exec\":{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"command\":\"aws\",\"interactiveMode\":\"never\"}}", "The user 'x' has exec with an interactiveMode that is none: it is Never, IfAvailable or Always.")]
    [InlineData("user", "{\"exec\":{\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\",\"command\":\"aws\"}}", "The user 'x' has exec of client.authentication.k8s.io/v1alpha1, which Kube does not support: a newer plugin, or the command that writes its entry, brings client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1.")]
    [InlineData("user", "{\"exec\":{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"command\":\"aws\"},\"auth-provider\":{\"name\":\"oidc\"}}", "The user 'x' has exec and auth-provider; one of them must go.")]
    [InlineData("user", "{\"auth-provider\":{\"name\":\"gcp\"}}", "The user 'x' has the auth-provider gcp, which Kubernetes has removed: use the credential plugin gke-gcloud-auth-plugin (gcloud container clusters get-credentials writes it).")]
    [InlineData("user", "{\"auth-provider\":{\"name\":\"azure\"}}", "The user 'x' has the auth-provider azure, which Kubernetes has removed: use the credential plugin kubelogin (kubelogin convert-kubeconfig writes it).")]
    [InlineData("user", "{\"auth-provider\":{\"name\":\"tectonic\"}}", "The user 'x' has the auth-provider 'tectonic', which Kube does not support: it knows oidc.")]
    [InlineData("user", "{\"auth-provider\":{\"name\":\"oidc\",\"config\":{\"idp-issuer-url\":\"http://idp.example.com\"}}}", "The user 'x' has an auth-provider oidc without an idp-issuer-url that is an https address.")]
    [InlineData("user", "{\"auth-provider\":{\"name\":\"oidc\",\"config\":{\"idp-issuer-url\":\"https://idp.example.com\"}}}", "The user 'x' has an auth-provider oidc without a client-id.")]
    [InlineData("user", "{\"token\":\"t\",\"username\":\"u\"}", "The user 'x' has a token and a user name; one of them must go.")]
    [InlineData("user", "{\"password\":\"p\"}", "The user 'x' has a password and no user name.")]
    [InlineData("cluster", "{\"server\":\"\"}", "The cluster 'x' has no server.")]
    [InlineData("cluster", "{\"server\":\"ftp://h\"}", "The server of the cluster 'x' is no http or https address.")]
    [InlineData("cluster", "{\"server\":\"https://u:pw@h\"}", "The server of the cluster 'x' has a user, a query or a fragment in its address; credentials belong to the user.")]
    [InlineData("cluster", "{\"server\":\"https://h\",\"insecure-skip-tls-verify\":true,\"certificate-authority\":\"f\"}", "The cluster 'x' has a certificate authority and insecure-skip-tls-verify; one of them must go.")]
    public void What_cannot_be_used_is_refused_when_it_is_used(string what, string json, string told)
    {
        var (cluster, user) = what == "cluster" ? (json, "{}") : ("{\"server\":\"https://h\"}", json);
        var config = KubeConfig.Parse($$$"""
            {"current-context":"x","contexts":[{"name":"x","context":{"cluster":"x","user":"x"}},{"name":"fine","context":{"cluster":"fine"}}],
             "clusters":[{"name":"x","cluster":{{{cluster}}}},{"name":"fine","cluster":{"server":"https://h"}}],"users":[{"name":"x","user":{{{user}}}}]}
            """);
        Assert.Equal(told, Assert.Throws<KubeConfigException>(() => config.Resolve()).Message);
        Assert.Equal("fine", config.Resolve("fine").Name);
    }

    [Fact]
    public void No_secret_is_in_any_text()
    {
        var config = KubeConfig.Parse(Two);
        foreach (var text in new[] { config.ToString(), config.Contexts[0].ToString(), config.Resolve().ToString(), config.Resolve("two").ToString(), new KubeConfigEntry("n", new Uri("https://h")) { Token = "t1" }.ToString() })
        {
            Assert.DoesNotContain("t1", text);
            Assert.DoesNotContain("pass:word", text);
        }
    }
}
