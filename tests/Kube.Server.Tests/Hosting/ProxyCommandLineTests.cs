using System.Net;
using Kube.Server.Hosting;
using Kube.Server.Proxy;

namespace Kube.Server.Tests.Hosting;

public class ProxyCommandLineTests
{
    [Fact]
    public void All_flags()
    {
        var options = Parse("--data-path", "d", "--kubeconfig", "a", "--kubeconfig=b", "--context", "prod", "--bind", "192.0.2.1", "--port", "8001",
            "--accept-paths", "^/api/,^/version$", "--reject-paths", "^/api/v1/secrets", "--reject-methods", "^DELETE$", "--accept-hosts", "^x{1,2}$",
            "--read-only", "--allow-impersonation", "--cors-allowed-origins", "^https://a$", "--background", "--log-file", "l");
        Assert.Equal([Path.GetFullPath("a"), Path.GetFullPath("b")], options.Kubeconfigs);
        Assert.Equal("prod", options.Context);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), options.Bind);
        Assert.Equal(8001, options.Port);
        Assert.Equal(["^/api/", "^/version$"], options.Rules.AcceptPaths.Select(p => p.ToString()));
        Assert.Equal(["^/api/v1/secrets"], options.Rules.RejectPaths.Select(p => p.ToString()));
        Assert.Equal(["^DELETE$"], options.Rules.RejectMethods.Select(p => p.ToString()));
        Assert.Equal(["^x{1,2}$"], options.Rules.AcceptHosts.Select(p => p.ToString()));
        Assert.True(options.Rules.IsReadOnly);
        Assert.True(options.Rules.AllowImpersonation);
        Assert.True(options.NeedsToken);
        Assert.True(options.Background);
        Assert.Equal(["^https://a$"], options.Cors.Origins);
        Assert.Equal(Path.GetFullPath("l"), options.LogFile);
        Assert.Equal(Path.Combine(Path.GetFullPath("d"), "kubeconfig.status.json"), options.StatusFile);
    }

    [Fact]
    public void Defaults()
    {
        var options = Parse("--data-path", "d");
        Assert.Empty(options.Kubeconfigs);
        Assert.Null(options.Bind);
        Assert.Equal(0, options.Port);
        Assert.True(options.NeedsToken);
        Assert.False(options.Rules.IsReadOnly);
        Assert.Equal(["^.*"], options.Rules.AcceptPaths.Select(p => p.ToString()));
        Assert.Equal(["^/api/.*/pods/.*/exec", "^/api/.*/pods/.*/attach"], options.Rules.RejectPaths.Select(p => p.ToString()));
        Assert.Equal(Path.Combine(Path.GetFullPath("d"), "kube-server.log"), options.LogFile);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192a0.2.1", false)]
    [InlineData("2001:db8::1", "[2001:db8::1]", true)]
    [InlineData("0.0.0.0", "0.0.0.0", false)]
    [InlineData("0.0.0.0", "localhost", true)]
    public void It_may_be_called_by_the_address_that_it_listens_on(string bind, string host, bool accepted) =>
        Assert.Equal(accepted, Parse("--data-path", "d", "--bind", bind).Rules.Refuse(new ProxiedRequest("GET", "/api", host)) is null);

    [Theory]
    [InlineData("proxy needs --data-path")]
    [InlineData("proxy has no flag --www", "--data-path", "d", "--www", "x")]
    [InlineData("--no-token would open the cluster", "--data-path", "d", "--no-token", "--bind", "0.0.0.0")]
    [InlineData("--accept-paths \"(\" is no regular expression", "--data-path", "d", "--accept-paths", "(")]
    [InlineData("--reject-paths \"(a)\\1\" is no regular expression", "--data-path", "d", "--reject-paths", "(a)\\1")]
    [InlineData("--reject-methods \"\": it is empty", "--data-path", "d", "--reject-methods=")]
    [InlineData("--kubeconfig is empty", "--data-path", "d", "--kubeconfig=")]
    [InlineData("--cors-allowed-origins \"a.com\"", "--data-path", "d", "--cors-allowed-origins", "a.com")]
    public void What_cannot_be_carried_out_is_refused_by_name(string message, params string[] args) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Parse(args)).Message);

    static ProxyOptions Parse(params string[] args) => Assert.IsType<Invocation.Proxy>(CommandLine.Parse(["proxy", .. args])).Options;
}
