namespace Kube;

/// <summary>What a list is narrowed to, and how it is fetched.</summary>
public sealed record ListOptions
{
    /// <summary>A label selector, as kubectl's <c>-l</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector, such as <c>spec.nodeName=a</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Objects per page; the next page is requested while this one is read. 0: no paging. Default 500.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>The version to list at; absent: the most recent.</summary>
    public string? ResourceVersion { get; init; }
}

/// <summary>What goes with a create, replace or patch.</summary>
public sealed record WriteOptions
{
    /// <summary>Who owns the fields written. Default <c>kube</c>.</summary>
    public string FieldManager { get; init; } = "kube";

    /// <summary>Ask the server what would happen and change nothing (<c>dryRun=All</c>).</summary>
    public bool DryRun { get; init; }

    /// <summary>What the server does about unknown and duplicate fields: <c>Strict</c>, <c>Warn</c> or <c>Ignore</c>; absent: the server's default.</summary>
    public string? FieldValidation { get; init; }

    /// <summary>Take fields over from their managers (server-side apply).</summary>
    public bool Force { get; init; }

    /// <summary>The subresource that is written, such as <c>status</c>; absent: the object itself.</summary>
    public string? Subresource { get; init; }
}

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    /// <summary>Seconds that its containers get to stop; absent: the object's own.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; absent: the kind's default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Delete only the object with this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only at this version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Ask the server what would happen and change nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Which part of a container's log is read.</summary>
public sealed record LogOptions
{
    /// <summary>The container; absent: the pod's only one.</summary>
    public string? Container { get; init; }

    /// <summary>Go on with what is written from now.</summary>
    public bool Follow { get; init; }

    /// <summary>The log of the attempt before this one.</summary>
    public bool Previous { get; init; }

    /// <summary>Lines from the end; absent: all.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is younger than this; servers take whole seconds.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Only what was written since then; servers take whole seconds. Excludes <see cref="Since"/>.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>End after so many bytes, perhaps within a line; absent: no limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Start each line with its time (RFC 3339).</summary>
    public bool Timestamps { get; init; }
}

/// <summary>How a container's own program is joined, or a command in it.</summary>
public record AttachOptions
{
    /// <summary>The container; absent: the pod's only one.</summary>
    public string? Container { get; init; }

    /// <summary>Whether there is standard input. Default false.</summary>
    public bool Stdin { get; init; }

    /// <summary>Whether standard output is wanted. Default true.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>Whether standard error is wanted, where there is no terminal. Default true.</summary>
    public bool Stderr { get; init; } = true;

    /// <summary>Whether it has a terminal: all output is then one stream, standard output. Default false.</summary>
    public bool Tty { get; init; }
}

/// <summary>What is run in a container.</summary>
/// <param name="Command">The program and its arguments. No shell is put between.</param>
public sealed record ExecOptions(IReadOnlyList<string> Command) : AttachOptions
{
    /// <summary>
    /// How many bytes of standard input there will be; absent: not known. Servers before Kubernetes 1.30 cannot be told the end of standard input. With its length
    /// known, they are asked to run the command behind the container's own <c>head -c</c>, which needs <c>sh</c> and <c>head</c> there.
    /// </summary>
    public long? StdinLength { get; init; }
}

/// <summary>The four ways to patch.</summary>
public enum PatchType
{
    /// <summary>RFC 7386, <c>application/merge-patch+json</c>.</summary>
    Merge,
    /// <summary>RFC 6902, <c>application/json-patch+json</c>.</summary>
    Json,
    /// <summary>Kubernetes' own, <c>application/strategic-merge-patch+json</c>.</summary>
    Strategic,
    /// <summary>Server-side apply, <c>application/apply-patch+yaml</c>.</summary>
    Apply,
}
