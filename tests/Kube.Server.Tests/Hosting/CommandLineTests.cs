using System.Net;
using Kube.Server.Hosting;
using Kube.Server.Security;

namespace Kube.Server.Tests.Hosting;

public class CommandLineTests
{
    [Fact]
    public void Run_with_all_flags()
    {
        var options = Run("--data-path", "d", "--bind", "0.0.0.0", "--port", "0", "--kubeconfig", "k", "--cluster-name", "mine", "--agent", "Docker",
            "--node-name", "n1", "--docker-host", "unix:///s", "--docker-config", "c", "--sandbox-image", "img", "--log-file", "l",
            "--service-account-access", "all", "--cors-allowed-origins", "^https://a$,//b$", "--cors-allowed-origins", "^https://c{1,2}$",
            "--cors-allowed-methods", "GET, POST", "--cors-allowed-headers=A,B", "--cors-allow-credentials", "--background");
        Assert.Equal(Path.GetFullPath("d"), options.DataPath);
        Assert.Equal(IPAddress.Any, options.Bind);
        Assert.Equal(0, options.Port);
        Assert.Equal(Path.GetFullPath("k"), options.Kubeconfig);
        Assert.Equal(Path.GetFullPath("k") + ".status.json", options.StatusFile);
        Assert.Equal("mine", options.ClusterName);
        Assert.Equal(RuntimeChoice.Docker, options.Runtime);
        Assert.Equal(new RuntimeOptions { NodeName = "n1", DockerHost = "unix:///s", DockerConfig = Path.GetFullPath("c"), SandboxImage = "img" }, options.RuntimeOptions);
        Assert.Equal(Path.GetFullPath("l"), options.LogFile);
        Assert.Equal(ServiceAccountAccess.All, options.ServiceAccountAccess);
        Assert.Equal(["^https://a$", "//b$", "^https://c{1,2}$"], options.Cors.Origins);
        Assert.Equal(["GET", "POST"], options.Cors.Methods);
        Assert.Equal(["A", "B"], options.Cors.Headers);
        Assert.True(options.Cors.AllowCredentials);
        Assert.True(options.Background);
    }

    [Fact]
    public void Defaults_of_run()
    {
        var options = Run("--data-path", "d");
        Assert.Equal(6443, options.Port);
        Assert.Null(options.Bind);
        Assert.Equal(Path.Combine(Path.GetFullPath("d"), "kubeconfig"), options.Kubeconfig);
        Assert.Equal(Path.Combine(Path.GetFullPath("d"), "kube-server.log"), options.LogFile);
        Assert.Equal(RuntimeChoice.Auto, options.Runtime);
        Assert.Equal(ServiceAccountAccess.Discovery, options.ServiceAccountAccess);
        Assert.Empty(options.Cors.Origins);
        Assert.True(NodeNames.IsValid(options.RuntimeOptions.NodeName));
        Assert.False(options.Background);
    }

    [Fact]
    public void Agent_with_all_flags()
    {
        var options = Assert.IsType<Invocation.Agent>(CommandLine.Parse(["agent", "--kubeconfig", "a", "--kubeconfig=b", "--context", "c", "--data-path", "d", "--bind", "::1", "--port", "1", "--node-name", "n1",
            "--node-labels", "disk=ssd,example.com/rack=", "--register-with-taints", "a=b:NoSchedule,c:NoExecute", "--tls-cert-file", "t", "--tls-private-key-file", "k", "--client-ca-file", "ca", "--runtime", "simulated", "--background"])).Options;
        Assert.Equal([Path.GetFullPath("a"), Path.GetFullPath("b")], options.Kubeconfigs);
        Assert.Equal((IPAddress.IPv6Loopback, 1, "c", RuntimeChoice.Simulated), (options.Bind, options.Port, options.Context, options.Runtime));
        Assert.Equal([new("disk", "ssd"), new("example.com/rack", "")], options.NodeLabels);
        Assert.Equal([new("a", "b", "NoSchedule"), new("c", null, "NoExecute")], options.Taints);
        Assert.Equal((Path.GetFullPath("t"), Path.GetFullPath("k"), Path.GetFullPath("ca")), (options.TlsCertFile, options.TlsPrivateKeyFile, options.ClientCaFile));
        Assert.Equal((true, Path.Combine(Path.GetFullPath("d"), "kube-server.log"), Path.Combine(Path.GetFullPath("d"), "agent.status.json")), (options.Background, options.LogFile, options.StatusFile));
    }

    [Fact]
    public void In_memory_logs_to_standard_error() => Assert.Null(Run("--in-memory", "--kubeconfig", "k").LogFile);

    [Theory]
    [InlineData("a verb is missing")]
    [InlineData("\"start\" is no verb", "start")]
    [InlineData("run needs --data-path DIR or --in-memory", "run")]
    [InlineData("exclude each other", "run", "--in-memory", "--data-path", "d", "--kubeconfig", "k")]
    [InlineData("--in-memory needs --kubeconfig", "run", "--in-memory")]
    [InlineData("run has no flag --nope", "run", "--nope")]
    [InlineData("run has no flag --client-ca-file", "run", "--client-ca-file", "x")]
    [InlineData("\"data\" is no flag", "run", "data")]
    [InlineData("\"-p\" is no flag", "run", "-p", "1")]
    [InlineData("\"--\" is no flag", "run", "--")]
    [InlineData("--port needs a value", "run", "--port")]
    [InlineData("--port needs a value", "run", "--port", "--in-memory")]
    [InlineData("--port is given more than once", "run", "--data-path", "d", "--port", "1", "--port=2")]
    [InlineData("--data-path is empty", "run", "--data-path", "")]
    [InlineData("--data-path is empty", "run", "--data-path=")]
    [InlineData("--port \"65536\"", "run", "--data-path", "d", "--port", "65536")]
    [InlineData("--port \"-1\"", "run", "--data-path", "d", "--port=-1")]
    [InlineData("--port \"http\"", "run", "--data-path", "d", "--port", "http")]
    [InlineData("--bind \"localhost\"", "run", "--data-path", "d", "--bind", "localhost")]
    [InlineData("--agent \"podman\": it is auto, docker, simulated, none", "run", "--data-path", "d", "--agent", "podman")]
    [InlineData("--agent \"1\"", "run", "--data-path", "d", "--agent", "1")]
    [InlineData("--node-name \"Upper\"", "run", "--data-path", "d", "--node-name", "Upper")]
    [InlineData("--in-memory is true or false", "run", "--in-memory=maybe")]
    [InlineData("--cors-allow-credentials is true or false", "run", "--data-path", "d", "--cors-allow-credentials=yes")]
    [InlineData("--cors-allowed-origins \"a.com\"", "run", "--data-path", "d", "--cors-allowed-origins", "a.com")]
    [InlineData("--cors-allowed-origins \"\": it is empty", "run", "--data-path", "d", "--cors-allowed-origins=")]
    [InlineData("--cors-allowed-origins \"\": it is empty", "run", "--data-path", "d", "--cors-allowed-origins=^https://a$,")]
    [InlineData("--cors-allowed-methods \"*\"", "run", "--data-path", "d", "--cors-allowed-methods", "*")]
    [InlineData("--cors-allowed-headers \"a b\"", "run", "--data-path", "d", "--cors-allowed-headers", "a b")]
    [InlineData("agent needs --kubeconfig", "agent", "--data-path", "d")]
    [InlineData("agent needs --data-path", "agent", "--kubeconfig", "k")]
    [InlineData("--runtime is docker or simulated", "agent", "--kubeconfig", "k", "--data-path", "d", "--runtime", "none")]
    [InlineData("--runtime is docker or simulated", "agent", "--kubeconfig", "k", "--data-path", "d", "--runtime", "auto")]
    [InlineData("--kubeconfig is empty", "agent", "--kubeconfig=", "--data-path", "d")]
    [InlineData("--tls-cert-file and --tls-private-key-file go together", "agent", "--kubeconfig", "k", "--data-path", "d", "--tls-cert-file", "c")]
    [InlineData("--node-labels \"disk\" is no label", "agent", "--kubeconfig", "k", "--data-path", "d", "--node-labels", "a=b,disk")]
    [InlineData("--node-labels: a is given more than once", "agent", "--kubeconfig", "k", "--data-path", "d", "--node-labels", "a=b", "--node-labels", "a=c")]
    [InlineData("--register-with-taints \"a=b:Never\" is no taint", "agent", "--kubeconfig", "k", "--data-path", "d", "--register-with-taints", "a=b:Never")]
    [InlineData("agent has no flag --in-memory", "agent", "--in-memory")]
    public void Refused_by_name(string reason, params string[] args) =>
        Assert.Contains(reason, Assert.Throws<UsageException>(() => CommandLine.Parse(args)).Message);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("run", "--help")]
    [InlineData("nonsense", "--help")]
    public void Help(params string[] args) => Assert.IsType<Invocation.Help>(CommandLine.Parse(args));

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public void Version(params string[] args) => Assert.IsType<Invocation.Version>(CommandLine.Parse(args));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a,b", "a", "b")]
    [InlineData("a, b ,c", "a", "b", "c")]
    [InlineData("x{1,3},y", "x{1,3}", "y")]
    [InlineData("[,],(a,b)", "[,]", "(a,b)")]
    [InlineData("\\(,b", "\\(", "b")]
    [InlineData("", "")]
    [InlineData("a,", "a", "")]
    [InlineData("a),b", "a)", "b")]
    public void Lists_of_patterns_split_at_outer_commas(string list, params string[] parts) => Assert.Equal(parts, PatternList.Split(list));

    [Theory]
    [InlineData("MyMachine", "mymachine")]
    [InlineData("Bob's Laptop", "bob-s-laptop")]
    [InlineData("host.example.COM", "host.example.com")]
    [InlineData("_x_", "x")]
    [InlineData("a..b", "a.b")]
    [InlineData("---", "localhost")]
    [InlineData("", "localhost")]
    [InlineData("ПК", "localhost")]
    public void A_machine_gives_its_node_a_valid_name(string machine, string node)
    {
        Assert.Equal(node, NodeNames.FromHost(machine));
        Assert.True(NodeNames.IsValid(NodeNames.FromHost(machine)));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("tab\there", "\"tab\there\"")]
    [InlineData("C:\\path\\", "C:\\path\\")]
    [InlineData("C:\\my path\\", "\"C:\\my path\\\\\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("a\\\"b", "\"a\\\\\\\"b\"")]
    [InlineData("a\\\\b c", "\"a\\\\b c\"")]
    public void Windows_arguments_are_quoted(string argument, string quoted) => Assert.Equal("x " + quoted, WindowsCommandLine.Join(["x", argument]));

    static RunOptions Run(params string[] args) => Assert.IsType<Invocation.Run>(CommandLine.Parse(["run", .. args])).Options;
}
