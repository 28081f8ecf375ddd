namespace Kube.Bench;

/// <summary>A line of the report: Kube beside a peer of the same run.</summary>
/// <param name="Title">What it says.</param>
/// <param name="Metric">What of the samples it takes.</param>
/// <param name="Subject">The name of Kube's <see cref="Bench.Subject"/>.</param>
/// <param name="Peer">The name of the peer's.</param>
/// <param name="Aim">What it should be.</param>
sealed record Figure(string Title, Metric Metric, string Subject, string Peer, Aim Aim);
