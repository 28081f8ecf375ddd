using System.Text;
using Kube.Config;

namespace Kube.Tests.Config;

/// <summary>A change of a kubeconfig changes what it is about and no other byte.</summary>
public sealed class KubeConfigEditTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-edit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string At(string name) => Path.Combine(_folder, name);

    const string Contexts = "contexts:\n- context: {cluster: c}\n  name: b\n- name: a:b/c\n  context: {}\n- {name: 'yes', context: {}}\n- {name: 'ü \"x\"', context: {}}\n";

    [Theory]
    [InlineData("current-context: a\n", "b", "current-context: b\n")]
    [InlineData("current-context: \"a\"   # mine\r\nx-y: 1\r\n", "b", "current-context: b   # mine\r\nx-y: 1\r\n")]
    [InlineData("# top\n\ncurrent-context:   'a'\nkind: Config\n", "a:b/c", "# top\n\ncurrent-context:   a:b/c\nkind: Config\n")]
    [InlineData("current-context: a", "yes", "current-context: \"yes\"")]
    [InlineData("current-context: a\n", "ü \"x\"", "current-context: \"ü \\\"x\\\"\"\n")]
    [InlineData("current-context:\nkind: Config\n", "b", "current-context: b\nkind: Config\n", true)]
    [InlineData("current-context: # none yet\nkind: Config\n", "b", "current-context: b # none yet\nkind: Config\n", true)]
    [InlineData("current-context: \"\"\nkind: Config\n", "b", "current-context: b\nkind: Config\n", true)]
    [InlineData("kind: Config # c\n# end\n", "b", "kind: Config # c\ncurrent-context: b\n# end\n", true)]
    [InlineData("kind: Config", "b", "kind: Config\ncurrent-context: b", true)]
    [InlineData("--- # doc\nkind: Config\ncurrent-context: a\n...\n", "b", "--- # doc\nkind: Config\ncurrent-context: b\n...\n")]
    [InlineData("note: |\n  many\n\n  lines\n\ncurrent-context: a\n", "b", "note: |\n  many\n\n  lines\n\ncurrent-context: b\n")]
    [InlineData("{\"current-context\":\"a\",\n\t\"kind\" : \"Config\" }", "b", "{\"current-context\":\"b\",\n\t\"kind\" : \"Config\" }")]
    [InlineData("{\n  \"kind\": \"Config\"\n}\n", "b", "{\n  \"current-context\": \"b\",\n  \"kind\": \"Config\"\n}\n")]
    [InlineData("{kind: Config, current-context: a} # flow\n", "b", "{kind: Config, current-context: \"b\"} # flow\n")]
    public void The_current_context_alone_changes(string before, string context, string after, bool contextsFirst = false)
    {
        var contexts = At("contexts");
        File.WriteAllText(contexts, Contexts);
        var file = At("config");
        File.WriteAllText(file, before);
        // A file that sets none is chosen only where it has the context itself.
        if (contextsFirst || before is ['{', '\n', ..])
        {
            var own = before.StartsWith('{') ? before.Replace("\"kind\": \"Config\"", "\"kind\": \"Config\", \"contexts\": [{\"name\": \"b\"}]", StringComparison.Ordinal)
                : before.Replace("kind: Config", "contexts: [{name: b}]\nkind: Config", StringComparison.Ordinal);
            after = before.StartsWith('{') ? after.Replace("\"kind\": \"Config\"", "\"kind\": \"Config\", \"contexts\": [{\"name\": \"b\"}]", StringComparison.Ordinal)
                : after.Replace("kind: Config", "contexts: [{name: b}]\nkind: Config", StringComparison.Ordinal);
            File.WriteAllText(file, own);
        }

        Assert.Equal(file, KubeConfigFile.SetCurrentContext([file, contexts], context));

        Assert.Equal(after, File.ReadAllText(file));
        Assert.Equal(Contexts, File.ReadAllText(contexts));
        Assert.Equal(context, KubeConfig.Load([file, contexts]).CurrentContext);
    }

    const string Theirs = """
        # Written by hand. Do not touch!
        apiVersion: v1
        kind: Config
        preferences: {}          # nothing
        current-context:   theirs

        clusters:
          # The one and only.
          - name: theirs
            cluster:
              server: "https://theirs"   # quoted
              unknown: {a: [1, "01"]}
              certificate-authority-data: >-
                QUJD
                REVG
        users:
        - user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              args: [get-token,   --x]
              command: aws
              interactiveMode: Never
          name: theirs
          # the end of users
        contexts:
        - name: theirs
          context: {cluster: theirs, user: theirs}
        extra: 0o17

        # The end.
        """;

    static readonly KubeConfigEntry Entry = new("kube", new Uri("https://127.0.0.1:6443/")) { Token = "a+b/c==", Namespace = "dev" };

    public static TheoryData<string> Newlines => ["\n", "\r\n"];

    [Theory, MemberData(nameof(Newlines))]
    public void An_entry_comes_and_goes_and_leaves_no_trace(string newline)
    {
        var text = Theirs.ReplaceLineEndings(newline);
        File.WriteAllText(At("config"), text);

        KubeConfigFile.Merge([At("config")], Entry, makeCurrent: false);

        var merged = File.ReadAllText(At("config"));
        Assert.Contains(string.Join(newline, "  - name: kube", "    cluster:", "      server: https://127.0.0.1:6443", ""), merged, StringComparison.Ordinal);
        Assert.Equal(newline == "\r\n" ? merged.Count(c => c == '\n') : 0, merged.Count(c => c == '\r'));
        Assert.Equal("a+b/c==", KubeConfig.Load(At("config")).Resolve("kube").Token);
        Assert.True(KubeConfigFile.Remove([At("config")], "kube"));
        Assert.Equal(text, File.ReadAllText(At("config")));
    }

    [Fact]
    public void An_entry_that_is_there_changes_where_it_stands()
    {
        File.WriteAllText(At("config"), Theirs);
        KubeConfigFile.Merge([At("config")], Entry with { Name = "theirs" }, makeCurrent: true);
        var text = File.ReadAllText(At("config"));
        Assert.Contains("# The one and only.\n  - name: theirs\n    cluster:\n", text, StringComparison.Ordinal);
        Assert.Contains("# the end of users", text, StringComparison.Ordinal);
        Assert.DoesNotContain("aws", text, StringComparison.Ordinal);
        Assert.DoesNotContain("QUJD", text, StringComparison.Ordinal);
        var options = KubeConfig.Load(At("config")).Resolve();
        Assert.Equal(("https://127.0.0.1:6443/", "a+b/c==", "dev"), (options.Server.AbsoluteUri, options.Token, options.Namespace));
    }

    [Theory]
    [InlineData("clusters: []\nusers:\ncontexts: null\n")]
    [InlineData("clusters: [ ]\nusers: ~\ncontexts: [{name: x, context: {cluster: z}}]\n")]
    [InlineData("{}")]
    [InlineData("{\"clusters\": [], \"users\": null}")]
    [InlineData("{\n    \"clusters\": [\n        {\n            \"name\": \"x\"\n        }\n    ]\n}\n")]
    [InlineData("clusters:\n-\n  name: x\n  cluster: {server: 'https://x'}\n")]
    [InlineData("clusters:\n- name: kube\nusers:\n- {name: kube}\n")]
    [InlineData("users:\n  - name: x\n    user: {}\n  # after\nkind: Config\n")]
    public void An_entry_fits_in_anywhere(string before)
    {
        File.WriteAllText(At("config"), before);
        KubeConfigFile.Merge([At("config")], Entry, makeCurrent: true);
        var options = KubeConfig.Load(At("config")).Resolve();
        Assert.Equal(("kube", "https://127.0.0.1:6443/", "a+b/c==", "dev"), (options.Name, options.Server.AbsoluteUri, options.Token, options.Namespace));
        Assert.True(KubeConfigFile.Remove([At("config")], "kube"));
        Assert.DoesNotContain(KubeConfig.Load(At("config")).Contexts, c => c.Name == "kube");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but this\n")]
    public void An_empty_file_is_filled(string before)
    {
        File.WriteAllText(At("config"), before);
        KubeConfigFile.Merge([At("config")], Entry, makeCurrent: true);
        Assert.StartsWith(before, File.ReadAllText(At("config")), StringComparison.Ordinal);
        Assert.Equal("a+b/c==", KubeConfig.Load(At("config")).Resolve().Token);
    }

    [Theory]
    [InlineData("current-context: &c a\ncontexts:\n- {name: *c}\n- {name: b}\n")]
    [InlineData("x: &m {current-context: a}\n<<: *m\ncontexts: [{name: b}, {name: a}]\n")]
    public void What_stands_in_one_place_and_means_another_is_refused_and_stays(string text)
    {
        File.WriteAllText(At("config"), text);
        Assert.Contains("cannot change in place", Assert.Throws<KubeConfigException>(() => KubeConfigFile.SetCurrentContext([At("config")], "b")).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(At("config")));
        Assert.Equal("a", KubeConfig.Load(At("config")).CurrentContext);
    }

    [Theory]
    [InlineData("current-context: a\nx: &m {cluster: c}\ncontexts:\n- {name: a, context: *m}\n- {name: b, context: {<<: *m, namespace: ns}}\n")]
    [InlineData("x: &m {cluster: c}\ncontexts:\n- name: a\n  context: *m\n- &b {name: b, context: *m}\ncurrent-context: a # *m\n")]
    public void Anchors_elsewhere_are_left_alone(string text)
    {
        File.WriteAllText(At("config"), text);
        KubeConfigFile.SetCurrentContext([At("config")], "b");
        Assert.Equal(text.Replace("current-context: a", "current-context: b", StringComparison.Ordinal), File.ReadAllText(At("config")));
    }

    [Fact]
    public void A_byte_order_mark_and_the_files_mode_stay()
    {
        File.WriteAllText(At("config"), Theirs, new UTF8Encoding(true));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(At("config"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        KubeConfigFile.Merge([At("config")], Entry, makeCurrent: true);
        KubeConfigFile.Remove([At("config")], "kube");
        KubeConfigFile.SetCurrentContext([At("config")], "theirs");
        Assert.Equal([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Theirs)], File.ReadAllBytes(At("config")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(At("config")));
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_left_alone()
    {
        byte[] latin = [.. "current-context: a # "u8, 0xFC, .. "\ncontexts: [{name: b}]\n"u8];
        File.WriteAllBytes(At("config"), latin);
        Assert.Contains("not in UTF-8", Assert.Throws<KubeConfigException>(() => KubeConfigFile.SetCurrentContext([At("config")], "b")).Message);
        Assert.Equal(latin, File.ReadAllBytes(At("config")));
    }

    [Fact]
    public void A_context_that_is_not_there_is_not_made_current()
    {
        File.WriteAllText(At("config"), Contexts);
        Assert.True(Assert.Throws<KubeConfigException>(() => KubeConfigFile.SetCurrentContext([At("config")], "gone")).NoSuchContext);
        Assert.Equal(Contexts, File.ReadAllText(At("config")));
    }

    [Fact]
    public void The_first_file_that_sets_one_decides()
    {
        File.WriteAllText(At("a"), "contexts: [{name: b}]\n");
        File.WriteAllText(At("b"), "current-context: x # here\n");
        Assert.Equal(At("b"), KubeConfigFile.SetCurrentContext([At("a"), At("missing"), At("b")], "b"));
        Assert.Equal(("contexts: [{name: b}]\n", "current-context: b # here\n"), (File.ReadAllText(At("a")), File.ReadAllText(At("b"))));
    }

    [Fact]
    public void Writers_side_by_side_lose_no_byte_of_what_is_not_theirs()
    {
        File.WriteAllText(At("config"), Theirs);
        Parallel.For(0, 6, i =>
        {
            KubeConfigFile.Merge([At("config")], Entry with { Name = $"kube{i}" }, makeCurrent: false);
            Assert.True(KubeConfigFile.Remove([At("config")], $"kube{i}"));
        });
        Assert.Equal(Theirs, File.ReadAllText(At("config")));
    }
}
