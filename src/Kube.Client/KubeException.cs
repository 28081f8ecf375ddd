namespace Kube;

/// <summary>Something went wrong with a cluster; the subclass says what is still usable.</summary>
public abstract class KubeException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>One operation was refused; the connection is as good as before.</summary>
public sealed class KubeOperationException(KubeStatus status) : KubeException(status.Message)
{
    /// <summary>What the server said.</summary>
    public KubeStatus Status { get; } = status;
}

/// <summary>A stream (watch, log, list) ended before its time; the connection can open another.</summary>
public sealed class KubeStreamException(string message, Exception? inner = null) : KubeException(message, inner);

/// <summary>The cluster cannot be used as things are: not reached, not trusted, not accepted.</summary>
public sealed class KubeConnectionException(KubeConnectionFault fault, string message, Exception? inner = null) : KubeException(message, inner)
{
    /// <summary>What is wrong.</summary>
    public KubeConnectionFault Fault { get; } = fault;
}

/// <summary>Why a cluster cannot be used.</summary>
public enum KubeConnectionFault
{
    /// <summary>No connection: refused, no route, no such host.</summary>
    Unreachable,
    /// <summary>No answer in time.</summary>
    Timeout,
    /// <summary>The certificate is not trusted, or is for another name.</summary>
    Certificate,
    /// <summary>What answers does not speak Kubernetes.</summary>
    NotKubernetes,
    /// <summary>The credential plugin or identity provider gives no credentials.</summary>
    Credentials,
}

/// <summary>A kubeconfig that cannot be used: not there, not readable, contradictory.</summary>
public sealed class KubeConfigException(string message, string? path = null, Exception? inner = null) : KubeException(message, inner)
{
    /// <summary>The file at fault, where one is.</summary>
    public string? Path { get; } = path;

    /// <summary>Whether nothing is wrong but that no cluster is chosen: there is no file, or no current context in it.</summary>
    public bool NothingChosen { get; init; }

    /// <summary>Whether nothing is wrong but that the context that was asked for is not there.</summary>
    public bool NoSuchContext { get; init; }
}

/// <summary>The server's answer to what it refused: Kubernetes' <c>Status</c>.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Reason">Kubernetes' word for it, such as <c>NotFound</c>, <c>AlreadyExists</c>, <c>Conflict</c>, <c>Invalid</c>, <c>Forbidden</c>, <c>Expired</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record KubeStatus(int Code, string Reason, string Message)
{
    /// <summary>Kube's own <see cref="Reason"/> where a server opens no stream that Kube speaks: SPDY alone, or an older protocol than is needed.</summary>
    public const string StreamUnsupported = "StreamUnsupported";

    /// <summary>The name of the object that it is about.</summary>
    public string? Name { get; init; }

    /// <summary>The API group of that object.</summary>
    public string? Group { get; init; }

    /// <summary>The kind, or resource, of that object.</summary>
    public string? Kind { get; init; }

    /// <summary>Each thing that is wrong.</summary>
    public IReadOnlyList<KubeStatusCause> Causes { get; init; } = [];

    /// <summary>Seconds after which it is worth another try.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether the server has sent no <c>Status</c>, and this is made of its HTTP status.</summary>
    internal bool IsMadeUp { get; init; }
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Reason">Such as <c>FieldValueRequired</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Field">The field's path, such as <c>spec.containers[0].name</c>.</param>
public sealed record KubeStatusCause(string? Reason, string? Message, string? Field);
