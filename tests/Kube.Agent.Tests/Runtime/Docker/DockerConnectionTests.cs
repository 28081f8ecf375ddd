using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using Kube.Registry;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;
using Answer = Kube.Agent.Tests.ScriptedServer.Answer;

namespace Kube.Agent.Tests.Runtime.Docker;

public class DockerConnectionTests
{
    static DockerRuntime Open(string host) => new(new DockerRuntimeOptions { Owner = "o", Host = host });

    static async Task<string> RefusalAsync(DockerRuntime runtime)
    {
        await using (runtime)
            return (await Assert.ThrowsAsync<RuntimeUnavailableException>(() => runtime.ListAsync(Soon))).Message;
    }

    [Fact]
    public async Task No_engine_is_told_with_what_to_do()
    {
        var folder = Directory.CreateTempSubdirectory("kube-test-");
        try
        {
            var missing = await RefusalAsync(Open($"unix://{folder.FullName}/no.sock"));
            Assert.Contains($"unix://{folder.FullName}/no.sock (the given Docker host)", missing);
            Assert.Contains("there is no such socket", missing);
            Assert.Contains("$DOCKER_HOST", missing);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        Assert.Contains("tcp://127.0.0.1:1 ", await RefusalAsync(Open("tcp://127.0.0.1:1")));
    }

    [Fact]
    public async Task User_and_password_of_a_host_are_not_shown()
    {
        var refusal = await RefusalAsync(Open("tcp://me:secret@127.0.0.1:1"));
        Assert.DoesNotContain("secret", refusal);
        Assert.DoesNotContain("secret", await RefusalAsync(Open("tcp://me:secret@127.0.0.1:1/path?q")));
    }

    [Theory]
    [InlineData("OK 1.40", "speaks API 1.40")]
    [InlineData("OK 1.24", "20.10")]
    public async Task An_engine_that_is_too_old_is_refused(string ping, string expected)
    {
        await using var engine = new ScriptedServer((_, _) => new Answer(ping));
        Assert.Contains(expected, await RefusalAsync(Open(engine.Host)));
    }

    [Theory]
    [InlineData("OK 1.41", "/v1.41/")]
    [InlineData("OK 1.44", "/v1.44/")]
    [InlineData("OK 1.51", "/v1.51/")]
    [InlineData("OK 1.99", "/v1.51/")]
    public async Task The_best_version_that_both_know_is_spoken(string ping, string expected)
    {
        await using var engine = new ScriptedServer((line, _) => new Answer(line.Contains("_ping") ? ping : "[]"));
        await using var runtime = Open(engine.Host);
        Assert.Empty(await runtime.ListAsync(Soon));
        Assert.Contains(expected, engine.Requests[^1]);
    }

    [Fact]
    public async Task What_is_no_engine_is_refused()
    {
        await using var page = new ScriptedServer((_, _) => new Answer("<html>"));
        Assert.Contains("is no working Docker Engine", await RefusalAsync(Open(page.Host)));
        await using var broken = new ScriptedServer((_, _) => new Answer("oops", 500));
        Assert.Contains("HTTP 500", await RefusalAsync(Open(broken.Host)));
    }

    [Fact]
    public async Task An_engine_that_comes_back_is_asked_anew()
    {
        var folder = Directory.CreateTempSubdirectory("kube-test-");
        var path = Path.Combine(folder.FullName, "s");
        try
        {
            await using var runtime = Open("unix://" + path);
            await using (new ScriptedServer((line, _) => new Answer(line.Contains("_ping") ? "OK 1.41" : "[]"), path))
                Assert.Empty(await runtime.ListAsync(Soon));
            await Assert.ThrowsAsync<RuntimeUnavailableException>(() => runtime.ListAsync(Soon));
            File.Delete(path);
            await using var newer = new ScriptedServer((line, _) => new Answer(line.Contains("_ping") ? "OK 1.44" : "[]"), path);
            Assert.Empty(await runtime.ListAsync(Soon));
            Assert.Contains("/v1.44/", newer.Requests[^1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_error_is_its_message()
    {
        await using var engine = new ScriptedServer(ScriptedServer.WithPing(_ => new Answer("""{"message":"no space left\n"}""", 500)));
        await using var runtime = Open(engine.Host);
        Assert.Equal("no space left", (await Assert.ThrowsAsync<RuntimeException>(() => runtime.StartAsync("abc", Soon))).Message);
    }

    [Fact]
    public async Task An_error_without_words_tells_its_status()
    {
        await using var engine = new ScriptedServer(ScriptedServer.WithPing(_ => new Answer("", 503)));
        await using var runtime = Open(engine.Host);
        Assert.Contains("503", (await Assert.ThrowsAsync<RuntimeException>(() => runtime.StartAsync("abc", Soon))).Message);
    }

    [Fact]
    public async Task Cancelling_is_no_failure_of_the_engine()
    {
        await using var runtime = Open("tcp://127.0.0.1:1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runtime.ListAsync(new CancellationToken(true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_end_with_the_engine(bool breaks)
    {
        await using var engine = new ScriptedServer(ScriptedServer.WithPing(_ => new Answer("{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"abc\"}}\n", Breaks: breaks)));
        await using var runtime = Open(engine.Host);
        var seen = new List<string>();
        await Assert.ThrowsAsync<RuntimeUnavailableException>(async () =>
        {
            await foreach (var id in runtime.WatchAsync(Soon))
                seen.Add(id);
        });
        Assert.Equal(["abc"], seen);
    }

    [Fact]
    public async Task A_log_that_breaks_off_is_the_engines_failure_and_a_reader_that_goes_is_not()
    {
        await using var engine = new ScriptedServer(ScriptedServer.WithPing(line =>
            line.Contains("/logs") ? new Answer("\x1\0\0\0\0\0\0\x22" + "2026-11-23T06:50:00.000000000Z abc\n", Breaks: true) : new Answer("""{"Id":"abc","Config":{"Tty":false}}""")));
        await using var runtime = Open(engine.Host);
        var frames = 0;
        await Assert.ThrowsAsync<RuntimeUnavailableException>(() => runtime.ReadLogAsync("abc", new LogRequest(true, null, null), _ =>
        {
            frames++;
            return ValueTask.CompletedTask;
        }, Soon));
        Assert.Equal(1, frames);
        await Assert.ThrowsAsync<IOException>(() => runtime.ReadLogAsync("abc", new LogRequest(true, null, null), _ => throw new IOException("the reader has gone"), Soon));
    }

    [Theory]
    [InlineData("""{"status":"Pulling from a"}{"errorDetail":{"message":"manifest unknown"},"error":"manifest unknown"}""", 200, "manifest unknown")]
    [InlineData("""{"message":"Get \"https://r/v2/\": unauthorized"}""", 500, "Get \"https://r/v2/\": unauthorized")]
    [InlineData("""{"message":"pull access denied for a"}""", 404, "pull access denied for a")]
    public async Task A_pull_that_fails_says_the_engines_words(string body, int status, string expected)
    {
        await using var engine = new ScriptedServer(ScriptedServer.WithPing(_ => new Answer(body, status)));
        await using var runtime = Open(engine.Host);
        var refusal = await Assert.ThrowsAsync<ImagePullException>(() => runtime.PullAsync(ImageReference.Parse("r.example/a:1"), null, new Ignored(), Soon));
        Assert.Equal(expected, refusal.Message);
    }

    [Fact]
    public async Task A_pull_tells_its_progress_in_order()
    {
        await using var engine = new ScriptedServer(ScriptedServer.WithPing(_ => new Answer("""
            {"status":"Pulling from a","id":"1"}
            {"status":"Downloading","progressDetail":{"current":10,"total":100},"id":"x"}
            {"status":"Downloading","progressDetail":{"current":5,"total":50},"id":"y"}
            {"status":"Downloading","progressDetail":{"current":90,"total":100},"id":"x"}
            {"status":"Download complete","progressDetail":{},"id":"x"}
            {"status":"Extracting","progressDetail":{"current":1,"total":7},"id":"x"}
            {"status":"Pull complete","progressDetail":{},"id":"y"}
            {"status":"Status: Downloaded newer image for a"}

            """)));
        await using var runtime = Open(engine.Host);
        var progress = new Recorded();
        await runtime.PullAsync(ImageReference.Parse("r.example/a:1"), null, progress, Soon);
        Assert.Equal([(0, 0), (10, 100), (15, 150), (95, 150), (105, 150), (105, 150), (150, 150), (150, 150)], progress.Seen.Select(p => (p.CompletedBytes, p.TotalBytes)));
        Assert.Contains("fromImage=r.example%2Fa&tag=1", engine.Requests[^1]);
    }

    [Fact]
    public async Task A_credential_goes_along_with_a_pull()
    {
        var heads = new List<string>();
        await using var engine = new ScriptedServer((line, head) =>
        {
            if (line.Contains("/_ping"))
                return new Answer("OK");
            heads.Add(head);
            return new Answer("{}");
        });
        await using var runtime = Open(engine.Host);
        var credential = new RegistryCredential("r.example", "me", "test") { Password = "p:/+" };
        var image = ImageReference.Parse("r.example/a@sha256:" + new string('a', 64));
        await runtime.PullAsync(image, credential, new Ignored(), Soon);
        Assert.Contains("X-Registry-Auth: " + credential.ToRegistryAuth(image), heads[0]);
        Assert.Contains("tag=sha256%3A" + new string('a', 64), heads[0]);
        await runtime.PullAsync(ImageReference.Parse("r.example/a"), null, new Ignored(), Soon);
        Assert.DoesNotContain(credential.ToRegistryAuth(image), heads[1]);
    }

    [Fact]
    public async Task Tls_checks_the_engine_and_shows_the_client()
    {
        var folder = Directory.CreateTempSubdirectory("kube-test-");
        try
        {
            var server = MakeCertificates(folder.FullName);
            await using var engine = new ScriptedServer(ScriptedServer.WithPing(_ => new Answer("[]")), null, server);
            DockerRuntime With(params (string Name, string Value)[] variables) => new(new DockerRuntimeOptions { Owner = "o", Host = engine.Host },
                new DockerEndpointFinder(name => variables.FirstOrDefault(v => v.Name == name).Value, folder.FullName, false));

            await using (var trusting = With(("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", folder.FullName)))
                Assert.Empty(await trusting.ListAsync(Soon));
            Assert.Equal("CN=client", engine.ClientSubject);

            File.Delete(Path.Combine(folder.FullName, "ca.pem"));
            Assert.Contains(engine.Host, await RefusalAsync(With(("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", folder.FullName))));
            await using (var careless = With(("DOCKER_TLS", "1"), ("DOCKER_CERT_PATH", folder.FullName)))
                Assert.Empty(await careless.ListAsync(Soon));

            File.WriteAllText(Path.Combine(folder.FullName, "ca.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            Assert.Contains("cannot be read", await RefusalAsync(With(("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", folder.FullName))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static X509Certificate2 MakeCertificates(string folder)
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest("CN=ca", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var ca = caRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        X509Certificate2 Sign(string name, ECDsa key)
        {
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            return request.Create(ca, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        }

        using var clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = Sign("client", clientKey);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), ca.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), clientKey.ExportPkcs8PrivateKeyPem());
        return Sign("server", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    sealed class Recorded : IProgress<PullProgress>
    {
        public List<PullProgress> Seen { get; } = [];

        public void Report(PullProgress value) => Seen.Add(value);
    }
}
