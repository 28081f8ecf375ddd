using Kube.Agent.Runtime;

namespace Kube.Agent.Tests.Runtime;

/// <summary>Forgets what is reported.</summary>
public sealed class Ignored : IProgress<PullProgress>
{
    public void Report(PullProgress value)
    {
    }
}
