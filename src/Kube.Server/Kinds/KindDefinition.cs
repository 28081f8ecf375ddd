using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Custom;
using Kube.Server.Kinds.Schemas;
using Kube.Server.Kinds.Validation;
using Kube.Server.Storage;

namespace Kube.Server.Kinds;

/// <summary>Everything that makes one kind different from another. Routes, discovery, tables and OpenAPI read it.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group.</param>
/// <param name="Kind">The kind, such as <c>Pod</c>.</param>
/// <param name="Plural">The name in URLs, such as <c>pods</c>.</param>
sealed record KindDefinition(string Group, string Version, string Kind, string Plural)
{
    /// <summary>What can be done with a stored resource.</summary>
    public static IReadOnlyList<string> AllVerbs { get; } =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool Namespaced { get; init; } = true;

    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;

    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>Answers a POST in place of the store: reviews are computed, not kept.</summary>
    public CreateHandler? Create { get; init; }

    /// <summary>Answers reading in place of the store: measurements are made when somebody asks.</summary>
    public ReadHandler? Read { get; init; }

    /// <summary>What is wrong with a name, or nothing.</summary>
    public Func<string, IReadOnlyList<string>> NameFaults { get; init; } = Names.SubdomainFaults;

    /// <summary>What field selectors may name besides <c>metadata.name</c> and <c>metadata.namespace</c>.</summary>
    public IReadOnlyList<SelectableField> SelectableFields { get; init; } = [];

    /// <summary>The columns of its table.</summary>
    public IReadOnlyList<TableColumn> Columns { get; init; } = [TableColumn.ObjectName, TableColumn.Age];

    /// <summary>Makes a whole row, one cell for each column, where cells have work in common; null: each column makes its own.</summary>
    public Func<RowSource, object?[]>? Row { get; init; }

    /// <summary>Whether a new object may bring its status along, as a node does that registers itself.</summary>
    public bool CreatesWithStatus { get; init; }

    /// <summary>Whether <c>metadata.generation</c> counts its changes.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether a changed object (first) is a generation of its own beside the present one (second).</summary>
    public Func<JsonObject, JsonObject, bool> IsNewGeneration { get; init; } = static (next, old) => !JsonNode.DeepEquals(next["spec"], old["spec"]);

    /// <summary>Fills in what a document leaves out.</summary>
    public Action<JsonObject> Default { get; init; } = static _ => { };

    /// <summary>Sets what a new object starts with, such as its phase. The status that a client sent is gone by then.</summary>
    public Action<JsonObject, StoreState> PrepareCreate { get; init; } = static (_, _) => { };

    /// <summary>Carries over to a changed object (first) what the present one (second) keeps whatever the client sent.</summary>
    public Action<JsonObject, JsonObject, StoreState> PrepareUpdate { get; init; } = static (_, _, _) => { };

    /// <summary>Says all that is wrong with a document.</summary>
    public Action<JsonObject, FieldFaults> Validate { get; init; } = static (_, _) => { };

    /// <summary>Says what a changed object (first) may not change in the present one (second).</summary>
    public Action<JsonObject, JsonObject, FieldFaults> ValidateUpdate { get; init; } = static (_, _, _) => { };

    /// <summary>Changes an object that is deleted for the first time, such as by a finalizer that it waits with.</summary>
    public Action<JsonObject, DateTimeOffset>? PrepareDelete { get; init; }

    /// <summary>What every answer about it warns of, such as that its version is deprecated; null: nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Why no object can be made, though the verb exists; null: it can.</summary>
    public string? CreationRefused { get; init; }

    /// <summary>How many seconds an object lives on after its deletion, given what the client asked for; null for kinds that go at once.</summary>
    public Func<JsonObject, long?, long>? GracePeriod { get; init; }

    /// <summary>Whether a deletion answers with the object that is gone and not with a Status.</summary>
    public bool ReturnsDeleted { get; init; }

    /// <summary>Whether its dependents are left to themselves where a deletion does not say what becomes of them.</summary>
    public bool OrphansDependents { get; init; }

    /// <summary>Whether no object belongs to one of them, so that deletions do not say what becomes of such.</summary>
    public bool HasNoDependents { get; init; }

    /// <summary>The fields of metadata that a change of the status leaves alone.</summary>
    public IReadOnlyList<string> KeptByStatus { get; init; } = [];

    /// <summary>Whether a replacement of a missing object creates it.</summary>
    public bool CreatesOnReplace { get; init; }

    /// <summary>Whether a replacement may leave out the resourceVersion.</summary>
    public bool ReplacesUnconditionally { get; init; } = true;

    /// <summary>What a custom resource definition says of its fields; null for the kinds that the server itself brings.</summary>
    public CustomSchema? Custom { get; init; }

    /// <summary>Its fields; null where none are known and any are taken.</summary>
    public StructSchema? Schema => Custom is null ? SchemaCatalog.Find(Group, Kind) : null;

    /// <summary>How server-side apply takes its documents apart.</summary>
    public StructSchema? Fields => Custom?.Fields ?? Schema;

    /// <summary>How its documents are kept where that is not how they are shown; null: as they are.</summary>
    public StoredForm? Stored { get; init; }

    public bool HasStatus => Subresources.Any(s => s.Name == "status");

    public string ListKind => Kind + "List";

    public string ApiVersion => Group.Length == 0 ? Version : Group + "/" + Version;

    /// <summary>The resource as failures name it: <c>pods</c>, <c>leases.coordination.k8s.io</c>.</summary>
    public string QualifiedResource => Group.Length == 0 ? Plural : Plural + "." + Group;

    /// <summary>The kind as failures name it: <c>Pod</c>, <c>Lease.coordination.k8s.io</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : Kind + "." + Group;

    /// <summary>Where its objects are kept in the store. All versions of a kind share one place.</summary>
    public string Collection => Stored?.Kind.Collection ?? QualifiedResource;

    /// <summary>How each of its stored documents begins.</summary>
    public byte[] DocumentPrefix { get; } =
        [.. Encoding.UTF8.GetBytes($$"""{"kind":"{{Kind}}","apiVersion":"{{(Group.Length == 0 ? Version : Group + "/" + Version)}}","""), .. DocumentDraft.Slot];

    /// <summary>The cells of an object's row.</summary>
    public object?[] Cells(RowSource row) => Row is { } all ? all(row) : [.. Columns.Select(column => column.Cell(row))];

    public bool Has(string verb) => Verbs.Contains(verb);

    public Subresource? Subresource(string name) => Subresources.FirstOrDefault(s => s.Name == name);

    public SelectableField? SelectableField(string name) => name switch
    {
        "metadata.name" => Kinds.SelectableField.ObjectName,
        "metadata.namespace" when Namespaced => Kinds.SelectableField.ObjectNamespace,
        _ => SelectableFields.FirstOrDefault(f => f.Name == name),
    };
}
