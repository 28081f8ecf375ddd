using System.Security.Cryptography;
using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Agent.Tests.Runtime.Docker;

public sealed class DockerEndpointFinderTests : IDisposable
{
    readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kube-test-");
    readonly Dictionary<string, string> _variables = [];

    public void Dispose() => _home.Delete(recursive: true);

    DockerEndpoint Find(string? host = null, bool isWindows = false) => new DockerEndpointFinder(name => _variables.GetValueOrDefault(name), _home.FullName, isWindows).Find(host);

    string Refuse(string? host = null) => Assert.Throws<RuntimeUnavailableException>(() => Find(host)).Message;

    void Write(string path, string text)
    {
        path = Path.Combine(_home.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    static string IdOf(string context) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)));

    void WriteContext(string name, string meta, string config = ".docker") => Write($"{config}/contexts/meta/{IdOf(name)}/meta.json", meta);

    static string Meta(string host, bool skip = false) =>
        """{"Name":"x","Metadata":{},"Endpoints":{"docker":{"Host":"HOST","SkipTLSVerify":SKIP}}}""".Replace("HOST", host).Replace("SKIP", skip ? "true" : "false");

    [Theory]
    [InlineData("unix:///run/x.sock", "unix:///run/x.sock")]
    [InlineData("UNIX:///run/x.sock", "unix:///run/x.sock")]
    [InlineData(" unix:///run/x.sock ", "unix:///run/x.sock")]
    [InlineData("npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine")]
    [InlineData("tcp://1.2.3.4:5", "tcp://1.2.3.4:5")]
    [InlineData("tcp://1.2.3.4", "tcp://1.2.3.4:2375")]
    [InlineData("tcp://host:80", "tcp://host:80")]
    [InlineData("tcp://:2375", "tcp://localhost:2375")]
    [InlineData("tcp://[::1]:5", "tcp://[::1]:5")]
    [InlineData("tcp://[::1]", "tcp://[::1]:2375")]
    [InlineData("host:5/", "tcp://host:5")]
    [InlineData("host", "tcp://host:2375")]
    [InlineData("http://host", "tcp://host:2375")]
    [InlineData("https://host", "tcp://host:2376")]
    [InlineData("https://host:443", "tcp://host:443")]
    [InlineData("tcp://me:pw@host:5", "tcp://host:5")]
    public void A_given_host_is_read_as_docker_reads_it(string host, string expected)
    {
        var endpoint = Find(host);
        Assert.Equal(expected, endpoint.ToString());
        Assert.Equal("the given Docker host", endpoint.Origin);
        Assert.Equal(!expected.StartsWith("tcp"), endpoint.IsLocal);
        Assert.Equal(host.StartsWith("https"), endpoint.Tls is not null);
    }

    [Theory]
    [InlineData("unix://")]
    [InlineData("fd://")]
    [InlineData("ftp://host")]
    [InlineData("tcp://")]
    [InlineData("tcp://host:99999")]
    [InlineData("tcp://host:5/path")]
    [InlineData("tcp://ho st")]
    public void Anything_else_is_refused(string host) => Assert.Contains("the given Docker host names no Docker Engine", Refuse(host));

    [Fact]
    public void Ssh_is_refused_by_name()
    {
        Assert.Contains("over ssh", Refuse("ssh://me@host"));
        Assert.DoesNotContain("me@host", Refuse("ssh://me@host"));
    }

    [Theory]
    [InlineData(false, "unix:///var/run/docker.sock")]
    [InlineData(true, "npipe:////./pipe/docker_engine")]
    public void Without_anything_it_is_the_systems_default(bool isWindows, string expected)
    {
        var endpoint = Find(isWindows: isWindows);
        Assert.Equal(expected, endpoint.ToString());
        Assert.Equal("the system's default", endpoint.Origin);
    }

    [Fact]
    public void Each_place_goes_before_the_next()
    {
        Write(".docker/config.json", """{"auths":{},"currentContext":"current"}""");
        WriteContext("current", Meta("unix:///current"));
        WriteContext("named", Meta("unix:///named"));
        Assert.Equal("unix:///current", Find().ToString());
        Assert.Equal("the docker context 'current'", Find().Origin);
        _variables["DOCKER_CONTEXT"] = "named";
        Assert.Equal("unix:///named", Find().ToString());
        _variables["DOCKER_HOST"] = "unix:///variable";
        Assert.Equal("unix:///variable", Find().ToString());
        Assert.Equal("$DOCKER_HOST", Find().Origin);
        Assert.Equal("unix:///given", Find("unix:///given").ToString());
    }

    [Theory]
    [InlineData("default")]
    [InlineData("")]
    public void The_default_context_is_the_systems_default(string name)
    {
        Write(".docker/config.json", $$"""{"currentContext":"{{name}}"}""");
        Assert.Equal("unix:///var/run/docker.sock", Find().ToString());
    }

    [Fact]
    public void Empty_variables_count_as_none()
    {
        _variables["DOCKER_HOST"] = _variables["DOCKER_CONTEXT"] = _variables["DOCKER_TLS_VERIFY"] = "";
        Assert.Equal("unix:///var/run/docker.sock", Find(" ").ToString());
    }

    [Fact]
    public void The_folder_of_the_configuration_can_be_another()
    {
        _variables["DOCKER_CONFIG"] = Path.Combine(_home.FullName, "other");
        Write("other/config.json", """{"currentContext":"c"}""");
        WriteContext("c", Meta("unix:///c"), "other");
        Assert.Equal("unix:///c", Find().ToString());
    }

    [Fact]
    public void A_context_brings_its_certificates()
    {
        Write(".docker/config.json", """{"currentContext":"c"}""");
        WriteContext("c", Meta("tcp://host"));
        Assert.Null(Find().Tls);
        Write($".docker/contexts/tls/{IdOf("c")}/docker/ca.pem", "x");
        Assert.Equal((true, "ca.pem", null), (Find().Tls!.Verify, Path.GetFileName(Find().Tls!.CaFile), Find().Tls!.KeyFile));
        Assert.Equal("tcp://host:2376", Find().ToString());
        WriteContext("c", Meta("tcp://host", skip: true));
        Assert.False(Find().Tls!.Verify);
    }

    [Fact]
    public void The_environments_certificates_go_with_a_host()
    {
        _variables["DOCKER_HOST"] = "tcp://host";
        _variables["DOCKER_TLS_VERIFY"] = "0";
        Assert.Equal("tcp://host:2376", Find().ToString());
        Assert.Equal((true, null), (Find().Tls!.Verify, Find().Tls!.CaFile));
        Write(".docker/cert.pem", "x");
        Assert.Equal(Path.Combine(_home.FullName, ".docker", "cert.pem"), Find().Tls!.CertificateFile);
        _variables["DOCKER_CERT_PATH"] = Path.Combine(_home.FullName, "certs");
        Assert.Null(Find().Tls!.CertificateFile);
        _variables.Remove("DOCKER_TLS_VERIFY");
        _variables["DOCKER_TLS"] = "1";
        Assert.False(Find().Tls!.Verify);
    }

    [Fact]
    public void What_is_configured_and_cannot_be_used_is_named()
    {
        _variables["DOCKER_CONTEXT"] = "gone";
        Assert.Contains("'gone' ($DOCKER_CONTEXT) does not exist", Refuse());
        WriteContext("gone", """{"Endpoints":{}}""");
        Assert.Contains("has no Docker endpoint", Refuse());
        WriteContext("gone", "{");
        Assert.Contains("meta.json", Refuse());
        Assert.Contains("is not JSON", Refuse());
        _variables.Clear();
        Write(".docker/config.json", "nonsense");
        Assert.Contains("config.json", Refuse());
    }
}
