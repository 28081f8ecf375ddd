using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Kube.Http;

/// <summary>One request to a Kubernetes API, made from verb, resource and options without any input or output.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query, below the server's address.</param>
sealed record KubeRequest(HttpMethod Method, string Target)
{
    const string Json = "application/json";

    public string Accept { get; init; } = Json;

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Whether the caller starts again itself where it fails.</summary>
    public bool Once { get; init; }

    /// <summary>Whether its answer goes on for as long as anyone wants it.</summary>
    public bool Lasts { get; init; }

    /// <summary>Whether the answer may be very large: HTTP/1.1, on a connection of its own, carries it for a third less than the frames of HTTP/2.</summary>
    public bool IsBulk { get; init; }

    /// <summary>The WebSocket protocols that are offered, best first; empty: it is no WebSocket.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    public static KubeRequest Get(KubeResource resource, string? @namespace, string name, string? subresource = null) =>
        new(HttpMethod.Get, ResourcePath.Of(resource, @namespace, name, subresource));

    /// <summary>One page of a list: the first, or the one at <paramref name="continue"/>.</summary>
    public static KubeRequest List(KubeResource resource, string? @namespace, ListOptions options, string? @continue = null) =>
        new(HttpMethod.Get, new Query(ResourcePath.OfAll(resource, @namespace))
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("limit", options.Limit > 0 ? options.Limit : null)
            // A continuation has its version in itself; servers refuse both together.
            .Add("resourceVersion", @continue is null ? options.ResourceVersion : null)
            .Add("continue", @continue)
            .ToString());

    /// <summary>All changes after a version. The server ends it after <paramref name="timeoutSeconds"/>.</summary>
    public static KubeRequest Watch(KubeResource resource, string? @namespace, ListOptions options, string resourceVersion, int timeoutSeconds) =>
        new(HttpMethod.Get, new Query(ResourcePath.OfAll(resource, @namespace))
            .Add("watch", "true")
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("resourceVersion", resourceVersion)
            .Add("allowWatchBookmarks", "true")
            .Add("timeoutSeconds", timeoutSeconds)
            .ToString())
        { Once = true, Lasts = true };

    /// <summary>Creates an object or, where a name and <see cref="WriteOptions.Subresource"/> are given, posts to a subresource such as <c>binding</c>.</summary>
    public static KubeRequest Create(KubeResource resource, string? @namespace, string? name, ReadOnlyMemory<byte> json, WriteOptions options)
    {
        if ((name is null) != (options.Subresource is null))
            throw new ArgumentException("A name and a subresource go together: an object is created by its document, a subresource under its object.", nameof(options));
        var path = name is null ? ResourcePath.ForNew(resource, @namespace) : ResourcePath.Of(resource, @namespace, name, options.Subresource);
        // A budget that refuses an eviction does so with 429: an answer to show, not a server that is too busy.
        return Write(HttpMethod.Post, path, json, Json, options, force: false) with { Once = options.Subresource == "eviction" };
    }

    public static KubeRequest Replace(KubeResource resource, string? @namespace, string name, ReadOnlyMemory<byte> json, WriteOptions options) =>
        Write(HttpMethod.Put, ResourcePath.Of(resource, @namespace, name, options.Subresource), json, Json, options, force: false);

    public static KubeRequest Patch(KubeResource resource, string? @namespace, string name, PatchType type, ReadOnlyMemory<byte> patch, WriteOptions options) =>
        Write(HttpMethod.Patch, ResourcePath.Of(resource, @namespace, name, options.Subresource), patch, type switch
        {
            PatchType.Merge => "application/merge-patch+json",
            PatchType.Json => "application/json-patch+json",
            PatchType.Strategic => "application/strategic-merge-patch+json",
            PatchType.Apply => "application/apply-patch+yaml",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        }, options, force: type == PatchType.Apply);

    public static KubeRequest Delete(KubeResource resource, string? @namespace, string name, DeleteOptions options) =>
        new(HttpMethod.Delete, ResourcePath.Of(resource, @namespace, name, null)) { Body = DeleteBody(options), ContentType = Json };

    public static KubeRequest DeleteCollection(KubeResource resource, string? @namespace, ListOptions selection, DeleteOptions options) =>
        new(HttpMethod.Delete, new Query(ResourcePath.OfAll(resource, @namespace))
            .Add("labelSelector", selection.LabelSelector)
            .Add("fieldSelector", selection.FieldSelector)
            .ToString())
        { Body = DeleteBody(options), ContentType = Json };

    public static KubeRequest Log(string @namespace, string pod, LogOptions options) =>
        new(HttpMethod.Get, new Query(ResourcePath.Of(KubeResources.Pods, @namespace, pod, "log"))
            .Add("container", options.Container)
            .Add("follow", options.Follow ? "true" : null)
            .Add("previous", options.Previous ? "true" : null)
            .Add("tailLines", options.TailLines)
            // The server takes whole seconds and at least one.
            .Add("sinceSeconds", options.Since is { } since ? Math.Max(1, (long)Math.Ceiling(since.TotalSeconds)) : null)
            .Add("sinceTime", options.SinceTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            .Add("limitBytes", options.LimitBytes)
            .Add("timestamps", options.Timestamps ? "true" : null)
            .ToString())
        { Accept = "*/*", Lasts = options.Follow };

    /// <summary>Runs a command in a container.</summary>
    public static KubeRequest Exec(string @namespace, string pod, ExecOptions options)
    {
        if (options.Command.Count == 0) throw new ArgumentException("A command has at least its program.", nameof(options));
        return Streams(ResourcePath.Of(KubeResources.Pods, @namespace, pod, "exec"), options, options.Command);
    }

    /// <summary>Joins a container's own program.</summary>
    public static KubeRequest Attach(string @namespace, string pod, AttachOptions options) =>
        Streams(ResourcePath.Of(KubeResources.Pods, @namespace, pod, "attach"), options, []);

    /// <summary>Opens one connection to a port of a pod.</summary>
    public static KubeRequest PortForward(string @namespace, string pod, int port) =>
        new(HttpMethod.Get, new Query(ResourcePath.Of(KubeResources.Pods, @namespace, pod, "portforward")).Add("ports", port).ToString()) { Accept = "*/*", Once = true };

    /// <summary>The request as HTTP, to a server whose address may have a path of its own.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="version">The version of HTTP to speak, where the server does.</param>
    public HttpRequestMessage ToMessage(Uri server, Version version)
    {
        var address = server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        var message = new HttpRequestMessage(Method, new Uri(address + Target))
        {
            Version = IsBulk ? HttpVersion.Version11 : version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "kube/" + typeof(KubeRequest).Assembly.GetName().Version?.ToString(3));
        if (Protocols.Count > 0) SocketHandshake.Ask(message, Protocols);
        if (Once) message.Options.Set(RetryHandler.Once, true);
        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        }
        return message;
    }

    static KubeRequest Streams(string path, AttachOptions options, IReadOnlyList<string> command)
    {
        var query = new Query(path);
        foreach (var word in command) query.Add("command", word);
        query.Add("container", options.Container)
            .Add("stdin", options.Stdin ? "true" : null)
            .Add("stdout", options.Stdout ? "true" : null)
            // A terminal has one output alone.
            .Add("stderr", options.Stderr && !options.Tty ? "true" : null)
            .Add("tty", options.Tty ? "true" : null);
        // Kubelets answer 406 to whoever takes JSON alone.
        return new(HttpMethod.Get, query.ToString()) { Accept = "*/*", Once = true };
    }

    static KubeRequest Write(HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType, WriteOptions options, bool force)
    {
        if (options.Force && !force) throw new ArgumentException("Force is for server-side apply alone.", nameof(options));
        return new(method, new Query(path)
            .Add("fieldManager", options.FieldManager)
            .Add("dryRun", options.DryRun ? "All" : null)
            .Add("fieldValidation", options.FieldValidation)
            .Add("force", options.Force ? "true" : null)
            .ToString())
        { Body = body, ContentType = contentType };
    }

    static ReadOnlyMemory<byte> DeleteBody(DeleteOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("kind", "DeleteOptions");
        json.WriteString("apiVersion", "v1");
        if (options.GracePeriodSeconds is { } grace) json.WriteNumber("gracePeriodSeconds", grace);
        if (options.PropagationPolicy is { } policy) json.WriteString("propagationPolicy", policy);
        if (options.Uid is not null || options.ResourceVersion is not null)
        {
            json.WriteStartObject("preconditions");
            if (options.Uid is { } uid) json.WriteString("uid", uid);
            if (options.ResourceVersion is { } version) json.WriteString("resourceVersion", version);
            json.WriteEndObject();
        }
        if (options.DryRun)
        {
            json.WriteStartArray("dryRun");
            json.WriteStringValue("All");
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
