using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

/// <summary>What the engine's inspect says, in the agent's terms. Pure.</summary>
static class DockerInspect
{
    /// <summary>A container or sandbox.</summary>
    public static RuntimeContainer Container(ContainerInspectResponse inspect)
    {
        var state = inspect.State ?? new State();
        var started = DockerTime.Parse(state.StartedAt);
        var finished = DockerTime.Parse(state.FinishedAt);
        return new RuntimeContainer(inspect.ID, inspect.Config?.Labels?.AsReadOnly() ?? new Dictionary<string, string>().AsReadOnly(), StateOf(state, started))
        {
            CreatedAt = inspect.Created.ToUniversalTime(),
            StartedAt = started,
            // A container that was started again keeps the end of its last run until the next. The engine notes the start after the fact: what
            // lived for a moment may have an end before it.
            FinishedAt = state.Running ? null : finished < started ? started : finished,
            ExitCode = (int)state.ExitCode,
            OomKilled = state.OOMKilled,
            Error = string.IsNullOrWhiteSpace(state.Error) ? null : state.Error.Trim(),
            ImageId = inspect.Image ?? "",
            Address = inspect.NetworkSettings?.Networks?.Values.Select(network => network.IPAddress).FirstOrDefault(address => !string.IsNullOrEmpty(address)),
        };
    }

    static RuntimeState StateOf(State state, DateTimeOffset? started) =>
        state.Running ? RuntimeState.Running : started is null ? RuntimeState.Created : RuntimeState.Exited;
}
