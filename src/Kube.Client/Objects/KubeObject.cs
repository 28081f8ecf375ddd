using System.Text;

namespace Kube;

/// <summary>
/// One Kubernetes object: its UTF-8 JSON, with what people ask for most as properties. Every field at the root of the document (<c>spec</c>,
/// <c>data</c>, <c>rules</c> …) is a property at the prompt. What is changed through <see cref="Metadata"/>, <see cref="Spec"/>, <see cref="Status"/>,
/// <see cref="Labels"/> and the like shows in <see cref="ToJson"/> and in every property; what is not stays byte for byte as it came.
/// Safe to read from any thread.
/// </summary>
public partial class KubeObject
{
    readonly ObjectFields _read;
    readonly Lock _making = new();
    ObjectFields _now;
    KubeMap? _document;

    internal KubeObject(ObjectFields fields, KubeConnection? connection) => (_read, _now, Connection) = (fields, fields, connection);

    /// <summary>Makes the type that fits the document's <c>apiVersion</c> and <c>kind</c>. The bytes are kept, not copied.</summary>
    /// <exception cref="FormatException">The text is not one JSON object.</exception>
    public static KubeObject Parse(ReadOnlyMemory<byte> json, KubeConnection? connection = null) => KubeKinds.Make(ObjectFields.Read(json), connection);

    /// <summary>Makes an object of an item of a list, with the <c>apiVersion</c> and <c>kind</c> that such items lack. The bytes are copied.</summary>
    /// <param name="json">The item.</param>
    /// <param name="apiVersion">The list's.</param>
    /// <param name="kind">The item's: the list's without <c>List</c>.</param>
    /// <param name="connection">Where it came from.</param>
    /// <exception cref="FormatException">The item is not one JSON object.</exception>
    public static KubeObject FromListItem(ReadOnlyMemory<byte> json, string apiVersion, string kind, KubeConnection? connection = null) =>
        KubeKinds.Make(ObjectFields.ReadItem(json, apiVersion, kind), connection);

    /// <summary>The cluster that it came from; null for one made by hand.</summary>
    public KubeConnection? Connection { get; internal set; }

    /// <summary><c>apiVersion</c>; empty where there is none.</summary>
    public string ApiVersion => Now.ApiVersion;

    /// <summary><c>kind</c>; empty where there is none.</summary>
    public string Kind => Now.Kind;

    /// <summary><c>metadata.name</c>; empty where there is none.</summary>
    public string Name => Now.Name;

    /// <summary><c>metadata.namespace</c>; null for what has none.</summary>
    public string? Namespace => Now.Namespace;

    /// <summary><c>metadata.uid</c>.</summary>
    public string? Uid => Now.Uid;

    /// <summary><c>metadata.resourceVersion</c>.</summary>
    public string? ResourceVersion => Now.ResourceVersion;

    /// <summary><c>metadata.creationTimestamp</c>, in local time.</summary>
    public DateTime? CreationTimestamp => Now.CreationTimestamp;

    /// <summary><c>metadata.deletionTimestamp</c>, in local time; null for what is not being deleted.</summary>
    public DateTime? DeletionTimestamp => Now.DeletionTimestamp;

    /// <summary>The time since it was created.</summary>
    public TimeSpan? Age => Now.Age;

    /// <summary><c>metadata.labels</c>. What is set here is set in the document.</summary>
    public KubeLabels Labels => new(this, "labels");

    /// <summary><c>metadata.annotations</c>. What is set here is set in the document.</summary>
    public KubeLabels Annotations => new(this, "annotations");

    /// <summary><c>metadata</c>, as a <see cref="KubeMap"/>.</summary>
    public object? Metadata { get => GetDocument()["metadata"]; set => GetDocument()["metadata"] = value; }

    /// <summary><c>spec</c>, as a <see cref="KubeMap"/>.</summary>
    public object? Spec { get => GetDocument()["spec"]; set => GetDocument()["spec"] = value; }

    /// <summary><c>status</c>, as a <see cref="KubeMap"/>.</summary>
    public object? Status { get => GetDocument()["status"]; set => GetDocument()["status"] = value; }

    /// <summary>The whole document as a map.</summary>
    public KubeMap GetDocument()
    {
        if (Volatile.Read(ref _document) is { } document) return document;
        lock (_making)
        {
            if (_document is null) Volatile.Write(ref _document, new(KubeMap.Trim(_read.Json), new()));
            return _document!;
        }
    }

    /// <summary>The document as JSON text, with every change made to it.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Now.Json.Span);

    /// <summary>Its kind and name, such as <c>pod/web</c>.</summary>
    public override string ToString() => $"{Kind.ToLowerInvariant()}/{Name}";

    /// <summary>The document as it stands. Once its map is out, each use asks whether it was edited.</summary>
    private protected ObjectFields Now
    {
        get
        {
            if (Volatile.Read(ref _document) is not { } document) return _read;
            lock (document.Edits.Gate)
            {
                int edits = document.Edits.Collect();
                return edits == _now.Edits ? _now : _now = ObjectFields.Read(document.ToUtf8(), edits);
            }
        }
    }

    internal ObjectFields Fields => Now;

    /// <summary>What the server printed of it, where it was asked to.</summary>
    internal Columns.TableRow? Row { get; set; }

    internal ObjectFields Original => _read;
}
