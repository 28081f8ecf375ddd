using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Config;
using Kube.Credentials;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Credentials;

/// <summary>Plugins as real programs, in front of a real server.</summary>
public sealed class ExecCredentialsTests
{
    const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"a"}}""";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Task Serve(HttpContext context) => TestApi.Json(context, Pod);

    static Task<TestApi> RefusingAsync(Func<string, bool> isGood) => TestApi.StartAsync(false, context =>
        TestApi.Json(context, Pod, isGood(context.Request.Headers.Authorization.ToString()) ? 200 : 401));

    static KubeConfig Config(Uri server, JsonObject exec, JsonObject? cluster = null, string? path = null)
    {
        cluster ??= [];
        cluster["server"] = server.OriginalString;
        return KubeConfigReader.Read(new JsonObject
        {
            ["current-context"] = "x",
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = "x", ["context"] = new JsonObject { ["cluster"] = "x", ["user"] = "jane" } }),
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "x", ["cluster"] = cluster }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = "jane", ["user"] = new JsonObject { ["exec"] = exec } }),
        }.ToJsonString(), path);
    }

    static JsonObject Exec(string command, string mode = "Never", string version = "v1") => new()
    {
        ["apiVersion"] = "client.authentication.k8s.io/" + version,
        ["command"] = command,
        ["interactiveMode"] = mode,
    };

    static async Task GetAsync(KubeConnectionOptions options)
    {
        using var connection = new KubeConnection(options);
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel);
    }

    static async Task<string> FaultAsync(KubeConnectionOptions options)
    {
        var fault = await Assert.ThrowsAsync<KubeConnectionException>(() => GetAsync(options));
        Assert.Equal(KubeConnectionFault.Credentials, fault.Fault);
        return fault.Message;
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task A_token_is_got_once_and_shared_by_all_connections(string version)
    {
        using var plugin = new Plugin(Plugin.Token("t{n}", version: version));
        await using var api = await TestApi.StartAsync(false, Serve);
        var exec = Exec(plugin.Path, version: version);
        exec["args"] = new JsonArray("get", "a b");
        exec["env"] = new JsonArray(new JsonObject { ["name"] = "PLUGIN_SETTING", ["value"] = "mine" });
        var options = Config(api.Address, exec).Resolve();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => GetAsync(options)));
        await GetAsync(Config(api.Address, (JsonObject)exec.DeepClone()).Resolve());

        Assert.All(api.Requests, request => Assert.Equal("Bearer t" + (OperatingSystem.IsWindows() ? "{n}" : "1"), request.Authorization));
        Assert.Equal(7, api.Requests.Count);
        Assert.StartsWith("run get", Assert.Single(plugin.Runs), StringComparison.Ordinal);
        Assert.EndsWith("mine", plugin.Runs[0], StringComparison.Ordinal);
        using var info = JsonDocument.Parse(plugin.Info);
        Assert.Equal($$$"""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{{{version}}}","spec":{"interactive":false}}""", info.RootElement.GetRawText());
    }

    [Fact]
    public async Task A_plugin_with_other_arguments_or_settings_runs_for_itself()
    {
        using var plugin = new Plugin(Plugin.Token("t"));
        await using var api = await TestApi.StartAsync(false, Serve);
        foreach (var argument in new[] { "a", "b", "a" })
        {
            var exec = Exec(plugin.Path);
            exec["args"] = new JsonArray(argument);
            await GetAsync(Config(api.Address, exec).Resolve());
        }
        Assert.Equal(["run a", "run b"], plugin.Runs);
    }

    [Fact]
    public async Task A_token_that_the_server_refuses_is_got_anew_once()
    {
        using var plugin = new Plugin(Plugin.Token("old"));
        await using var api = await RefusingAsync(header => header == "Bearer new");
        using var connection = new KubeConnection(Config(api.Address, Exec(plugin.Path)).Resolve());
        var kube = new KubeApi(connection);
        Assert.Equal("Unauthorized", (await Assert.ThrowsAsync<KubeOperationException>(() => kube.GetAsync(KubeResources.Pods, "a", "web", Cancel))).Status.Reason);
        Assert.Equal(2, plugin.Runs.Length);
        plugin.Answer(Plugin.Token("new"));

        // A write comes again as well: the server has not looked at it.
        await kube.CreateAsync(KubeResources.Pods, "a", "{}"u8.ToArray(), new WriteOptions(), Cancel);
        await kube.GetAsync(KubeResources.Pods, "a", "web", Cancel);

        Assert.Equal(3, plugin.Runs.Length);
        Assert.Equal(["Bearer old", "Bearer old", "Bearer old", "Bearer new", "Bearer new"], api.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_token_is_got_anew_when_its_time_is_over()
    {
        using var plugin = new Plugin(Plugin.Token("t", "1970-01-01T00:00:10Z"));
        var time = new ManualTime();
        var source = new ExecCredentials(new ExecPlugin("jane", plugin.Path, ExecPlugin.V1, InteractiveMode.Never), null, time);
        var first = await source.GetAsync(false, Cancel);
        time.Pass(TimeSpan.FromSeconds(9));
        Assert.Same(first, await source.GetAsync(false, Cancel));
        plugin.Answer(Plugin.Token("u"));
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("u", (await source.GetAsync(false, Cancel)).Authorization!.Parameter);
        Assert.Equal(2, plugin.Runs.Length);
    }

    [Fact]
    public async Task A_client_certificate_of_a_plugin_is_shown_and_another_where_the_server_refuses_it()
    {
        using var authority = new TestAuthority();
        var accepted = "CN=jane";
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, Pod, context.Connection.ClientCertificate?.Subject == accepted ? 200 : 401), authority.Server(["127.0.0.1"]), wantClientCertificate: true);
        using var plugin = new Plugin(Certificate(authority, "jane"));
        var options = Config(api.Address, Exec(plugin.Path), new JsonObject { ["certificate-authority-data"] = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(authority.Pem)) }).Resolve();
        using var connection = new KubeConnection(options);
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel);
        Assert.Equal("CN=jane", Assert.Single(api.Requests).ClientSubject);

        plugin.Answer(Certificate(authority, "joan"));
        // It is the server's refusal that brings another, and the request goes on with it.
        accepted = "CN=joan";
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel);
        Assert.Equal(["CN=jane", "CN=jane", "CN=joan"], api.Requests.Select(r => r.ClientSubject));
        Assert.Equal(2, plugin.Runs.Length);

        // Once, and not for ever.
        accepted = "CN=nobody";
        Assert.Equal(401, (await Assert.ThrowsAsync<KubeOperationException>(() => new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel))).Status.Code);
        Assert.Equal(3, plugin.Runs.Length);
    }

    static string Certificate(TestAuthority authority, string user)
    {
        using var client = authority.Client(user);
        return JsonSerializer.Serialize(new
        {
            kind = "ExecCredential",
            apiVersion = "client.authentication.k8s.io/v1",
            status = new { clientCertificateData = client.ExportCertificatePem(), clientKeyData = client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() },
        });
    }

    [Fact]
    public async Task It_is_told_about_the_cluster_if_it_asks()
    {
        using var plugin = new Plugin(Plugin.Token("t"));
        await using var api = await TestApi.StartAsync(false, Serve);
        var exec = Exec(plugin.Path);
        exec["provideClusterInfo"] = true;
        var cluster = new JsonObject
        {
            ["tls-server-name"] = "inner",
            ["insecure-skip-tls-verify"] = true,
            ["extensions"] = new JsonArray(
                new JsonObject { ["name"] = "other", ["extension"] = 1 },
                new JsonObject { ["name"] = "client.authentication.k8s.io/exec", ["extension"] = new JsonObject { ["audience"] = "x" } }),
        };
        await GetAsync(Config(api.Address, exec, cluster).Resolve());
        if (OperatingSystem.IsWindows()) return;
        var spec = JsonNode.Parse(plugin.Info)!["spec"]!;
        Assert.Equal($$$"""{"server":"{{{api.Address.OriginalString}}}","tls-server-name":"inner","insecure-skip-tls-verify":true,"config":{"audience":"x"}}""", spec["cluster"]!.ToJsonString());
    }

    [Fact]
    public async Task A_path_is_relative_to_the_kubeconfig_and_a_name_is_looked_up_on_PATH()
    {
        using var plugin = new Plugin(Plugin.Token("t"));
        await using var api = await TestApi.StartAsync(false, Serve);
        var name = Path.GetFileName(plugin.Path);
        var folder = Path.GetFileName(plugin.Folder);
        await GetAsync(Config(api.Address, Exec($"./{folder}/{name}"), path: Path.Combine(Path.GetDirectoryName(plugin.Folder)!, "config")).Resolve());
        Assert.Single(plugin.Runs);

        Assert.Equal(plugin.Path, ExecProgram.Find(name, $"relative{Path.PathSeparator}{plugin.Folder}", null));
        Assert.Null(ExecProgram.Find(name, "", null));
        Assert.Null(ExecProgram.Find("answer", plugin.Folder, OperatingSystem.IsWindows() ? ".CMD" : null));
        var missing = Exec("no-such-plugin-anywhere");
        missing["installHint"] = "Get it at\nhttps://example.com \u001b[31mred";
        Assert.Equal("The credential plugin 'no-such-plugin-anywhere' of the user 'jane' is not there: 'no-such-plugin-anywhere' is not on PATH. Get it at\nhttps://example.com [31mred",
            await FaultAsync(Config(api.Address, missing).Resolve()));
        Assert.Contains("is no program.", await FaultAsync(Config(api.Address, Exec(Path.Combine(plugin.Folder, "gone"))).Resolve()), StringComparison.Ordinal);
    }

    const string Good = """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":STATUS}""";

    [Theory]
    [InlineData("", "wrote nothing to standard output.")]
    [InlineData("secret=abc", "wrote no JSON to standard output.")]
    [InlineData("[\"secret\"]", "wrote no ExecCredential.")]
    [InlineData("{\"kind\":\"Pod\"}", "wrote no ExecCredential.")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}", "answers in apiVersion 'client.authentication.k8s.io/v1beta1', and the kubeconfig names 'client.authentication.k8s.io/v1'.")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}", "wrote an ExecCredential without a status.")]
    [InlineData("{}", "gives neither a token nor a client certificate.", true)]
    [InlineData("{\"token\":\"\"}", "gives neither a token nor a client certificate.", true)]
    [InlineData("{\"token\":5}", "gives a token that is no string.", true)]
    [InlineData("{\"clientCertificateData\":\"secret\"}", "gives a client certificate or its key, and not both.", true)]
    [InlineData("{\"token\":\"t\",\"clientKeyData\":\"secret\"}", "gives a client certificate or its key, and not both.", true)]
    [InlineData("{\"token\":\"secret\",\"expirationTimestamp\":\"soon\"}", "gives an expirationTimestamp that is no time.", true)]
    public void What_it_must_not_answer(string answer, string told, bool status = false)
    {
        var plugin = new ExecPlugin("jane", "/bin/aws", ExecPlugin.V1, InteractiveMode.Never);
        var bytes = System.Text.Encoding.UTF8.GetBytes(status ? Good.Replace("STATUS", answer, StringComparison.Ordinal) : answer);
        var fault = Assert.Throws<KubeConnectionException>(() => ExecAnswer.Read(bytes, plugin, DateTime.UtcNow));
        Assert.Equal("The credential plugin 'aws' of the user 'jane' " + told, fault.Message);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_no_header_can_carry_and_a_broken_certificate_are_not_quoted()
    {
        var plugin = new ExecPlugin("jane", "aws", ExecPlugin.V1, InteractiveMode.Never);
        foreach (var status in new[] { "{\"token\":\"sec ret\"}", "{\"clientCertificateData\":\"sec ret\",\"clientKeyData\":\"sec ret\"}" })
        {
            var fault = Assert.Throws<KubeConnectionException>(() => ExecAnswer.Read(System.Text.Encoding.UTF8.GetBytes(Good.Replace("STATUS", status, StringComparison.Ordinal)), plugin, DateTime.UtcNow));
            Assert.Equal(KubeConnectionFault.Credentials, fault.Fault);
            Assert.DoesNotContain("sec ret", fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_plugin_that_fails_is_told_with_what_it_says()
    {
        using var plugin = new Plugin("secret-on-stdout", status: 3, error: "The SSO session has expired.");
        await using var api = await TestApi.StartAsync(false, Serve);
        var message = await FaultAsync(Config(api.Address, Exec(plugin.Path)).Resolve());
        Assert.Equal($"The credential plugin '{Path.GetFileName(plugin.Path)}' of the user 'jane' failed with exit status 3: The SSO session has expired.", message);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task What_a_plugin_says_though_it_works_is_a_notice()
    {
        using var plugin = new Plugin(Plugin.Token("t"), error: "A new version is out.");
        await using var api = await TestApi.StartAsync(false, Serve);
        using var connection = new KubeConnection(Config(api.Address, Exec(plugin.Path)).Resolve());
        Assert.Null(connection.CredentialNotice);
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel);
        Assert.Equal("A new version is out.", connection.CredentialNotice);
    }

    [Fact]
    public async Task A_plugin_that_takes_too_long_is_ended()
    {
        using var plugin = new Plugin("", seconds: 60);
        var source = new ExecCredentials(new ExecPlugin("jane", plugin.Path, ExecPlugin.V1, InteractiveMode.Never), null, TimeProvider.System, TimeSpan.FromMilliseconds(200));
        var fault = await Assert.ThrowsAsync<KubeConnectionException>(async () => await source.GetAsync(false, Cancel));
        Assert.Contains("took longer than 0.2 s and was ended.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_ends_the_plugin_and_the_next_starts_it_again()
    {
        using var plugin = new Plugin("", seconds: 60);
        var source = new ExecCredentials(new ExecPlugin("jane", plugin.Path, ExecPlugin.V1, InteractiveMode.Never), null, TimeProvider.System);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = source.GetAsync(false, impatient.Token).AsTask();
        var watch = Stopwatch.StartNew();
        while (plugin.Runs.Length == 0 && watch.Elapsed < TimeSpan.FromSeconds(30)) await Task.Delay(10, Cancel);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(40));
        using var again = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var second = source.GetAsync(false, again.Token).AsTask();
        while (plugin.Runs.Length < 2 && watch.Elapsed < TimeSpan.FromSeconds(60)) await Task.Delay(10, Cancel);
        await again.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(2, plugin.Runs.Length);
    }

    // Where tests run, standard input is no terminal: whoever may ask still has nobody to ask.
    [Theory]
    [InlineData("Always", false, "asks the person at the terminal, and may not do so now.")]
    [InlineData("Always", true, "asks the person at the terminal, and standard input is no terminal.")]
    [InlineData("IfAvailable", false, null)]
    [InlineData("IfAvailable", true, null)]
    [InlineData("Never", false, null)]
    [InlineData("Never", true, null)]
    public async Task A_plugin_that_needs_a_person_is_not_run_without(string mode, bool mayPrompt, string? told)
    {
        if (mayPrompt && !Console.IsInputRedirected) Assert.Skip("Somebody sits at the terminal.");
        using var plugin = new Plugin(Plugin.Token("t"));
        await using var api = await TestApi.StartAsync(false, Serve);
        var options = Config(api.Address, Exec(plugin.Path, mode)).Resolve() with { MayPrompt = mayPrompt };
        if (told is not null)
        {
            Assert.EndsWith(told, await FaultAsync(options), StringComparison.Ordinal);
            Assert.Empty(plugin.Runs);
            Assert.Empty(api.Requests);
            return;
        }
        await GetAsync(options);
        Assert.Single(plugin.Runs);
        Assert.Contains("\"interactive\":false", plugin.Info, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_the_kubeconfig_wins_over_its_plugin()
    {
        using var plugin = new Plugin(Plugin.Token("t"));
        await using var api = await TestApi.StartAsync(false, Serve);
        await GetAsync(Config(api.Address, Exec(plugin.Path)).Resolve() with { Token = "own" });
        Assert.Equal("Bearer own", Assert.Single(api.Requests).Authorization);
        Assert.Empty(plugin.Runs);
    }

    [Fact]
    public void No_secret_is_in_any_text()
    {
        var exec = Exec("aws");
        exec["env"] = new JsonArray(new JsonObject { ["name"] = "K", ["value"] = "secret" });
        exec["args"] = new JsonArray("--password=secret");
        var options = Config(new Uri("https://h"), exec).Resolve();
        Assert.DoesNotContain("secret", options.ToString() + options.Exec, StringComparison.Ordinal);
    }
}
