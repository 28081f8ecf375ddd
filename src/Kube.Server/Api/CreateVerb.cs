using System.Text.Json.Nodes;
using Kube.Server.Api.Apply;
using Kube.Server.Kinds.Validation;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>POST to a collection.</summary>
static class CreateVerb
{
    const int NameAttempts = 8;

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        var document = ObjectDecoder.Decode(request, body.Json);
        await ObjectAnswer.WriteAsync(request, await CreateAsync(request, document), 201);
    }

    /// <summary>Creates an object from a decoded document.</summary>
    /// <param name="owners">Who owns which of its fields, where that is known already; else it is the sender.</param>
    public static async Task<StoredObject> CreateAsync(ApiRequest request, JsonObject document, ManagedFields? owners = null)
    {
        if (request.Kind.CreationRefused is { } refused)
            throw Failures.MethodNotAllowed(refused);
        var metadata = document.Metadata();
        var given = FieldTracking.Take(document);
        CheckPlace(request, metadata);
        var generated = document.Text("metadata", "name").Length == 0 && document.Text("metadata", "generateName").Length > 0;
        for (var attempt = 1; ; attempt++)
        {
            if (generated)
                metadata["name"] = ObjectNames.Generate(document.Text("metadata", "generateName"));
            Prepare(request, document, owners, given);
            var key = new ObjectKey(request.Path.Namespace, document.Text("metadata", "name"));
            if (await WriteAsync(request, key, document) is { } created)
                return created;
            if (!generated || attempt == NameAttempts)
                throw Failures.AlreadyExists(request.Kind, key.Name);
        }
    }

    static void CheckPlace(ApiRequest request, JsonObject metadata)
    {
        if (metadata["resourceVersion"] is not null && metadata["resourceVersion"]!.ToString() is not ("" or "0"))
            throw new StatusException(new Status(500, "", "resourceVersion should not be set on objects to be created"));
        var ns = metadata["namespace"]?.ToString() ?? "";
        if (ns.Length > 0 && ns != request.Path.Namespace && request.Kind.Namespaced)
            throw Failures.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        if (request.Kind.Namespaced)
            metadata["namespace"] = request.Path.Namespace;
        else
            metadata.Remove("namespace");
    }

    static void Prepare(ApiRequest request, JsonObject document, ManagedFields? owners, JsonNode? given)
    {
        var (kind, metadata) = (request.Kind, document.Metadata());
        foreach (var owned in (ReadOnlySpan<string>)["resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields", "generation"])
            metadata.Remove(owned);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Documents.Timestamp(request.Now);
        if (kind.HasGeneration)
            metadata["generation"] = 1;
        if (kind.HasStatus && !kind.CreatesWithStatus)
            document.Remove("status");
        NamespaceLifecycle.CheckCreate(request.Store.State, kind, request.Path.Namespace, document.Text("metadata", "name"));
        kind.Default(document);
        if (owners is null)
            FieldTracking.TrackCreate(request, document, given);
        else
            FieldTracking.Set(document, owners);
        kind.PrepareCreate(document, request.Store.State);

        var faults = new FieldFaults();
        MetadataRules.Validate(kind, metadata, faults);
        kind.Validate(document, faults);
        if (kind.Schema is { } schema)
            EnumRules.Validate(document, schema, faults);
        if (faults.Causes.Count > 0)
            throw Failures.Invalid(kind, document.Text("metadata", "name"), faults.Causes);
    }

    // Null: there is such an object already.
    static async Task<StoredObject?> WriteAsync(ApiRequest request, ObjectKey key, JsonObject document)
    {
        var draft = Documents.Draft(request.Kind, document);
        if (request.DryRun)
        {
            return request.Store.State.Find(request.Kind.Collection, key) is null
                ? new StoredObject(key, 0, draft.Stamp(0))
                : null;
        }

        (string, ObjectKey)? container = request.Kind.Namespaced ? (NamespaceLifecycle.Collection, new ObjectKey("", key.Namespace)) : null;
        return await request.Store.WriteAsync(new StoreWrite.Create(request.Kind.Collection, key, draft, container)) switch
        {
            WriteOutcome.Done done => done.Object,
            WriteOutcome.NoContainer => throw NamespaceLifecycle.Missing(key.Namespace),
            _ => null,
        };
    }
}
