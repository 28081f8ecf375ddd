using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>What a probe or a lifecycle hook does; exactly one is set.</summary>
record HandlerSpec
{
    public ExecSpec? Exec { get; init; }
    public HttpGetSpec? HttpGet { get; init; }
    public TcpSocketSpec? TcpSocket { get; init; }
    public GrpcSpec? Grpc { get; init; }
    public SleepSpec? Sleep { get; init; }
}

/// <summary>A probe; numbers that are absent have Kubernetes' defaults.</summary>
sealed record ProbeSpec : HandlerSpec
{
    public int InitialDelaySeconds { get; init; }
    public int TimeoutSeconds { get => field > 0 ? field : 1; init; }
    public int PeriodSeconds { get => field > 0 ? field : 10; init; }
    public int SuccessThreshold { get => field > 0 ? field : 1; init; }
    public int FailureThreshold { get => field > 0 ? field : 3; init; }
    public long? TerminationGracePeriodSeconds { get; init; }
}

sealed record ExecSpec
{
    public IReadOnlyList<string> Command { get => field ?? []; init; }
}

sealed record HttpGetSpec
{
    public string? Path { get; init; }
    public JsonElement Port { get; init; }
    public string? Host { get; init; }
    public string? Scheme { get; init; }
    public IReadOnlyList<HeaderSpec> HttpHeaders { get => field ?? []; init; }
}

sealed record HeaderSpec(string Name, string Value);

sealed record TcpSocketSpec
{
    public JsonElement Port { get; init; }
    public string? Host { get; init; }
}

sealed record GrpcSpec
{
    public int Port { get; init; }
}

sealed record SleepSpec
{
    public long Seconds { get; init; }
}
