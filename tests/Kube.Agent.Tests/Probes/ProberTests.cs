using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Agent.Pods;
using Kube.Agent.Probes;
using Kube.Agent.Runtime.Simulated;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Probes;

/// <summary>Against real sockets.</summary>
public class ProberTests
{
    static async Task<ProbeOutcome> TryAsync(string handler, string? address = "127.0.0.1", string more = "")
    {
        var container = Pod($"{{'containers':[{{'name':'c','image':'x','readinessProbe':{{{handler}{more}}}}}]}}").Spec.Containers[0];
        await using var runtime = new SimulatedRuntime();
        return await new Prober(runtime, TimeProvider.System).TryAsync(container.ReadinessProbe!, container, "none", address, CancellationToken.None);
    }

    static string Http(int port, string path = "/", string more = "") => $"'httpGet':{{'port':{port},'path':'{path}'{more}}}";

    static int ClosedPort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(204, null)]
    [InlineData(299, null)]
    [InlineData(304, "Warning")]
    [InlineData(302, "Warning")]
    [InlineData(399, "Warning")]
    [InlineData(400, "HTTP probe failed with statuscode: 400")]
    [InlineData(404, "HTTP probe failed with statuscode: 404")]
    [InlineData(503, "HTTP probe failed with statuscode: 503")]
    public async Task The_status_decides(int status, string? expected)
    {
        await using var server = new ScriptedServer((_, _) => new ScriptedServer.Answer(status is 204 or 304 ? "" : "hello", status));
        var outcome = await TryAsync(Http(server.Port));
        switch (expected)
        {
            case null:
                Assert.IsType<ProbeOutcome.Success>(outcome);
                break;
            case "Warning":
                Assert.StartsWith($"HTTP probe answered {status}", Assert.IsType<ProbeOutcome.Warning>(outcome).Message);
                break;
            default:
                Assert.Equal(new ProbeOutcome.Failure(expected), outcome);
                break;
        }
    }

    [Theory]
    [InlineData("/end", "Success")]
    [InlineData("http://127.0.0.1:PORT/end", "Success")]
    [InlineData("/end-503", "Failure")]
    [InlineData("/round", "Failure")]
    [InlineData("http://elsewhere.invalid/end-503", "Warning")]
    [InlineData("file:///etc/passwd", "Warning")]
    public async Task Redirects_are_followed_on_the_same_host_alone(string target, string expected)
    {
        ScriptedServer? server = null;
        await using var _ = server = new ScriptedServer((line, _) => line.Split(' ')[1] switch
        {
            "/end" => new ScriptedServer.Answer("done"),
            "/end-503" => new ScriptedServer.Answer("", 503),
            "/round" => new ScriptedServer.Answer("", 307, Header: "Location: /round\r\n"),
            _ => new ScriptedServer.Answer("", 302, Header: $"Location: {target.Replace("PORT", server!.Port.ToString())}\r\n"),
        });
        Assert.Equal(expected, (await TryAsync(Http(server.Port))).GetType().Name);
        Assert.Equal(target switch { "/round" => 11, _ when expected == "Warning" => 1, _ => 2 }, server.Requests.Count);
    }

    [Fact]
    public async Task Headers_are_the_probes_own_and_the_kubelets()
    {
        var heads = new List<string>();
        await using var server = new ScriptedServer((_, head) =>
        {
            heads.Add(head);
            return new ScriptedServer.Answer("");
        });
        await TryAsync(Http(server.Port, "/a?b=c"));
        await TryAsync(Http(server.Port, "/", ",'httpHeaders':[{'name':'Host','value':'web.example'},{'name':'X-A','value':'1'},{'name':'X-A','value':'2'},{'name':'user-agent','value':'mine'},{'name':'Accept','value':''},{'name':'Content-Type','value':'text/plain'}]"));
        Assert.StartsWith("GET /a?b=c HTTP/1.1\r\n", heads[0]);
        Assert.Contains($"Host: 127.0.0.1:{server.Port}\r\n", heads[0]);
        Assert.Contains("User-Agent: kube-probe/1\r\n", heads[0]);
        Assert.Contains("Accept: */*\r\n", heads[0]);
        Assert.Contains("Host: web.example\r\n", heads[1]);
        Assert.Matches("X-A: 1(, |\r\nX-A: )2\r\n", heads[1]);
        Assert.Contains("mine\r\n", heads[1]);
        Assert.Contains("Content-Type: text/plain\r\n", heads[1]);
        Assert.DoesNotContain("Accept:", heads[1]);
        Assert.DoesNotContain("kube-probe", heads[1]);
    }

    [Fact]
    public async Task A_certificate_that_nobody_knows_will_do()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=unknown", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
        await using var server = new ScriptedServer((_, _) => new ScriptedServer.Answer(""), certificate: X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null));
        Assert.IsType<ProbeOutcome.Success>(await TryAsync(Http(server.Port, more: ",'scheme':'HTTPS'")));
        Assert.IsType<ProbeOutcome.Failure>(await TryAsync(Http(server.Port)));
    }

    [Fact]
    public async Task What_breaks_off_or_does_not_answer_has_failed()
    {
        await using var server = new ScriptedServer((_, _) => new ScriptedServer.Answer("half", Breaks: true));
        Assert.IsType<ProbeOutcome.Failure>(await TryAsync(Http(server.Port)));
        var port = ClosedPort();
        Assert.Equal(new ProbeOutcome.Failure($"Get \"http://127.0.0.1:{port}/a\": connection refused"), await TryAsync(Http(port, "/a?token=secret")));
        Assert.Equal(new ProbeOutcome.Failure($"dial tcp 127.0.0.1:{port}: connection refused"), await TryAsync($"'tcpSocket':{{'port':{port}}}"));
    }

    [Fact]
    public async Task What_is_silent_has_failed_when_its_time_is_up()
    {
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        var port = ((IPEndPoint)silent.LocalEndPoint!).Port;
        Assert.Equal(new ProbeOutcome.Failure("HTTP request timed out after 1s"), await TryAsync(Http(port)));
        Assert.IsType<ProbeOutcome.Success>(await TryAsync($"'tcpSocket':{{'port':{port}}}"));
    }

    [Theory]
    [InlineData("'exec':{'command':['true']}", "127.0.0.1", "No such container: none")]
    [InlineData("'httpGet':{'port':'web'}", "127.0.0.1", "container c has no port called web")]
    [InlineData("'tcpSocket':{'port':1}", null, "the pod has no address")]
    public async Task What_cannot_be_tried_says_nothing_of_the_container(string handler, string? address, string expected) =>
        Assert.Equal(new ProbeOutcome.Unknown(expected), await TryAsync(handler, address));
}
