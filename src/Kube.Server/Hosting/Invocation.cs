using Kube.Server.Proxy;

namespace Kube.Server.Hosting;

/// <summary>What a command line asks for.</summary>
abstract record Invocation
{
    public sealed record Run(RunOptions Options) : Invocation;

    public sealed record Agent(AgentVerbOptions Options) : Invocation;

    public sealed record Proxy(ProxyOptions Options) : Invocation;

    public sealed record Help : Invocation;

    public sealed record Version : Invocation;
}
