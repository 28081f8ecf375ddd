namespace Kube;

/// <summary>How a command in a container has ended.</summary>
/// <param name="Pod">The pod's name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Container">The container.</param>
/// <param name="ExitCode">The exit code; 0 is success.</param>
public sealed record KubeCommandResult(string Pod, string Namespace, string Container, int ExitCode)
{
    /// <summary>What it wrote to standard output, as UTF-8 text without the line end at its end.</summary>
    public string Output { get; init; } = "";

    /// <summary>What it wrote to standard error, likewise.</summary>
    public string Error { get; init; } = "";
}
