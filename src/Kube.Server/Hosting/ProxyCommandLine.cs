using System.Net;
using System.Text.RegularExpressions;
using Kube.Server.Proxy;

namespace Kube.Server.Hosting;

/// <summary>Reads the command line of <c>proxy</c>.</summary>
static class ProxyCommandLine
{
    static readonly HashSet<string> ValueFlags =
    [
        "--kubeconfig", "--context", "--data-path", "--bind", "--port", "--accept-paths", "--reject-paths", "--reject-methods", "--accept-hosts", "--log-file",
        "--cors-allowed-origins", "--cors-allowed-methods", "--cors-allowed-headers", "--start-report",
    ];

    static readonly HashSet<string> Switches = ["--read-only", "--allow-impersonation", "--no-token", "--background", "--cors-allow-credentials"];

    /// <exception cref="UsageException">It cannot be carried out; the message names the flag.</exception>
    public static ProxyOptions Parse(ReadOnlySpan<string> args)
    {
        var flags = new Flags("proxy", args, ValueFlags, Switches);
        var dataPath = CommandLine.FullPath(flags.Required("--data-path"))!;
        var bind = flags.Single("--bind") is { } address ? CommandLine.Address("--bind", address) : null;
        var noToken = flags.Switch("--no-token");
        if (noToken && bind is not null && !IPAddress.IsLoopback(bind))
            throw new UsageException("--no-token would open the cluster to everybody who reaches --bind; leave one of them out");
        return new ProxyOptions
        {
            Kubeconfigs = CommandLine.Paths(flags, "--kubeconfig"),
            Context = flags.Single("--context"),
            DataPath = dataPath,
            Bind = bind,
            Port = flags.Single("--port") is { } port ? CommandLine.Port(port) : 0,
            Rules = Rules(flags, bind),
            NeedsToken = !noToken,
            Cors = CommandLine.ParseCors(flags),
            LogFile = CommandLine.FullPath(flags.Single("--log-file")) ?? Path.Combine(dataPath, "kube-server.log"),
            Background = flags.Switch("--background"),
            StartReport = flags.Single("--start-report"),
        };
    }

    static RequestRules Rules(Flags flags, IPAddress? bind)
    {
        var rules = new RequestRules { IsReadOnly = flags.Switch("--read-only"), AllowImpersonation = flags.Switch("--allow-impersonation") };
        // Who listens on an address is called by it; for all addresses nobody can tell the names.
        if (bind is not null && !bind.Equals(IPAddress.Any) && !bind.Equals(IPAddress.IPv6Any))
            rules = rules with { AcceptHosts = [.. rules.AcceptHosts, RequestRules.Pattern($"^{Regex.Escape(HostNames.Of(bind))}$")] };
        if (Patterns(flags, "--accept-paths") is { } acceptPaths) rules = rules with { AcceptPaths = acceptPaths };
        if (Patterns(flags, "--reject-paths") is { } rejectPaths) rules = rules with { RejectPaths = rejectPaths };
        if (Patterns(flags, "--reject-methods") is { } rejectMethods) rules = rules with { RejectMethods = rejectMethods };
        if (Patterns(flags, "--accept-hosts") is { } acceptHosts) rules = rules with { AcceptHosts = acceptHosts };
        return rules;
    }

    static Regex[]? Patterns(Flags flags, string name) =>
        flags.Many(name) is { } values ? [.. values.SelectMany(PatternList.Split).Select(pattern => Pattern(name, pattern))] : null;

    static Regex Pattern(string flag, string pattern)
    {
        // An empty one would match everything.
        if (pattern.Length == 0) throw new UsageException($"{flag} \"\": it is empty; ^$ matches nothing");
        try
        {
            return RequestRules.Pattern(pattern);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{flag} \"{pattern}\" is no regular expression that can be searched in bounded time: {e.Message}");
        }
    }
}
