using System.Globalization;
using System.Net;
using Kube.Server.Cors;
using Kube.Server.Security;

namespace Kube.Server.Hosting;

/// <summary>Reads command lines. Pure, but for the folder and machine that relative paths and default names come from.</summary>
static class CommandLine
{
    static readonly HashSet<string> RuntimeFlags = ["--node-name", "--docker-host", "--docker-config", "--sandbox-image", "--log-file"];

    static readonly HashSet<string> RunFlags =
    [
        .. RuntimeFlags, "--data-path", "--bind", "--port", "--kubeconfig", "--cluster-name", "--agent", "--service-account-access",
        "--cors-allowed-origins", "--cors-allowed-methods", "--cors-allowed-headers", "--start-report",
    ];

    static readonly HashSet<string> RunSwitches = ["--in-memory", "--background", "--cors-allow-credentials"];

    static readonly HashSet<string> AgentFlags =
        [.. RuntimeFlags, "--kubeconfig", "--context", "--data-path", "--bind", "--port", "--client-ca-file", "--tls-cert-file", "--tls-private-key-file", "--node-labels", "--register-with-taints", "--runtime", "--start-report"];

    static readonly HashSet<string> AgentSwitches = ["--remove-containers", "--background"];

    /// <exception cref="UsageException">It cannot be carried out; the message names the flag.</exception>
    public static Invocation Parse(ReadOnlySpan<string> args)
    {
        foreach (var arg in args)
            if (arg is "--help" or "-h") return new Invocation.Help();
        if (args.IsEmpty) throw new UsageException("a verb is missing: run, agent or proxy");
        return args[0] switch
        {
            "help" => new Invocation.Help(),
            "--version" or "version" => new Invocation.Version(),
            "run" => new Invocation.Run(ParseRun(args[1..])),
            "agent" => new Invocation.Agent(ParseAgent(args[1..])),
            "proxy" => new Invocation.Proxy(ProxyCommandLine.Parse(args[1..])),
            var other => throw new UsageException($"\"{other}\" is no verb: there are run, agent and proxy"),
        };
    }

    static RunOptions ParseRun(ReadOnlySpan<string> args)
    {
        var flags = new Flags("run", args, RunFlags, RunSwitches);
        var dataPath = FullPath(flags.Single("--data-path"));
        var inMemory = flags.Switch("--in-memory");
        if (inMemory && dataPath is not null) throw new UsageException("--in-memory and --data-path exclude each other");
        if (!inMemory && dataPath is null) throw new UsageException("run needs --data-path DIR or --in-memory");
        var kubeconfig = FullPath(flags.Single("--kubeconfig"))
            ?? (dataPath is null ? throw new UsageException("--in-memory needs --kubeconfig FILE: there is no data path to write it to") : Path.Combine(dataPath, "kubeconfig"));
        var options = new RunOptions
        {
            DataPath = dataPath,
            Bind = flags.Single("--bind") is { } bind ? Address("--bind", bind) : null,
            Kubeconfig = kubeconfig,
            ClusterName = flags.Single("--cluster-name") ?? "kube",
            Runtime = flags.Single("--agent") is { } agent ? Choice<RuntimeChoice>("--agent", agent) : RuntimeChoice.Auto,
            RuntimeOptions = ParseRuntime(flags),
            ServiceAccountAccess = flags.Single("--service-account-access") is { } access
                ? Choice<ServiceAccountAccess>("--service-account-access", access) : ServiceAccountAccess.Discovery,
            LogFile = FullPath(flags.Single("--log-file")) ?? (dataPath is null ? null : Path.Combine(dataPath, "kube-server.log")),
            Cors = ParseCors(flags),
            Background = flags.Switch("--background"),
            StartReport = flags.Single("--start-report"),
        };
        return flags.Single("--port") is { } port ? options with { Port = Port(port) } : options;
    }

    static AgentVerbOptions ParseAgent(ReadOnlySpan<string> args)
    {
        var flags = new Flags("agent", args, AgentFlags, AgentSwitches);
        var runtime = flags.Single("--runtime") is { } text ? Choice<RuntimeChoice>("--runtime", text) : RuntimeChoice.Docker;
        if (runtime is RuntimeChoice.None or RuntimeChoice.Auto) throw new UsageException("--runtime is docker or simulated");
        var dataPath = FullPath(flags.Required("--data-path"))!;
        var (background, report) = (flags.Switch("--background"), flags.Single("--start-report"));
        var options = new AgentVerbOptions
        {
            Kubeconfigs = Paths(flags, "--kubeconfig") is { Length: > 0 } paths ? paths : throw new UsageException("agent needs --kubeconfig"),
            Context = flags.Single("--context"),
            DataPath = dataPath,
            Bind = flags.Single("--bind") is { } bind ? Address("--bind", bind) : null,
            Port = flags.Single("--port") is { } port ? Port(port) : 0,
            ClientCaFile = FullPath(flags.Single("--client-ca-file")),
            TlsCertFile = FullPath(flags.Single("--tls-cert-file")),
            TlsPrivateKeyFile = FullPath(flags.Single("--tls-private-key-file")),
            NodeLabels = NodeFlags.Labels(flags.Many("--node-labels") ?? []),
            Taints = NodeFlags.Taints(flags.Many("--register-with-taints") ?? []),
            Runtime = runtime,
            RuntimeOptions = ParseRuntime(flags),
            // In the background nobody reads standard error.
            LogFile = FullPath(flags.Single("--log-file")) ?? (background || report is not null ? Path.Combine(dataPath, "kube-server.log") : null),
            RemoveContainers = flags.Switch("--remove-containers"),
            Background = background,
            StartReport = report,
        };
        return (options.TlsCertFile is null) == (options.TlsPrivateKeyFile is null) ? options : throw new UsageException("--tls-cert-file and --tls-private-key-file go together");
    }

    static RuntimeOptions ParseRuntime(Flags flags) => new()
    {
        NodeName = flags.Single("--node-name") is { } name ? CheckedNodeName(name) : NodeNames.FromHost(Environment.MachineName),
        DockerHost = flags.Single("--docker-host"),
        DockerConfig = FullPath(flags.Single("--docker-config")),
        SandboxImage = flags.Single("--sandbox-image"),
    };

    internal static CorsSettings ParseCors(Flags flags)
    {
        var settings = new CorsSettings { AllowCredentials = flags.Switch("--cors-allow-credentials") };
        if (flags.Many("--cors-allowed-origins") is { } origins) settings = settings with { Origins = [.. origins.SelectMany(PatternList.Split)] };
        if (flags.Many("--cors-allowed-methods") is { } methods) settings = settings with { Methods = SplitList(methods) };
        if (flags.Many("--cors-allowed-headers") is { } headers) settings = settings with { Headers = SplitList(headers) };
        try
        {
            OriginPolicy.Create(settings);
            return settings;
        }
        catch (CorsSettingsException e)
        {
            throw new UsageException(string.Join(Environment.NewLine, e.Faults.Select(fault => $"--cors-allowed-{fault.Setting} \"{fault.Entry}\": {fault.Reason}")));
        }
    }

    static string[] SplitList(IEnumerable<string> values) => [.. values.SelectMany(v => v.Split(',')).Select(v => v.Trim())];

    static string CheckedNodeName(string name) =>
        NodeNames.IsValid(name) ? name : throw new UsageException($"--node-name \"{name}\" is no node name: lower case letters, digits, '-' and '.', at most 253 characters");

    internal static IPAddress Address(string flag, string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new UsageException($"{flag} \"{text}\" is no IP address");

    internal static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port : throw new UsageException($"--port \"{text}\" is no port: 0 to 65535");

    static T Choice<T>(string flag, string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)) return value;
        throw new UsageException($"{flag} \"{text}\": it is {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
    }

    internal static string[] Paths(Flags flags, string name) =>
        [.. (flags.Many(name) ?? []).Select(path => path.Length > 0 ? FullPath(path)! : throw new UsageException($"{name} is empty"))];

    internal static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
