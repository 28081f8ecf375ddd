using System.Text.Json.Nodes;
using Kube.Server.Api.Apply;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Validation;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>
/// One change to one object: read, change, check, write on the condition that nobody else wrote in between; else again.
/// A change that names a resourceVersion is never tried again.
/// </summary>
static class ObjectUpdate
{
    const int Attempts = 50;

    /// <param name="change">Makes the new document from the present one. Called again when somebody else was faster.</param>
    /// <param name="ownersAreSet">Whether the new document says itself who owns its fields.</param>
    public static async Task<StoredObject> RunAsync(ApiRequest request, UpdateScope scope, Func<StoredObject, JsonObject> change, bool ownersAreSet = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = request.Find();
            var next = change(current);
            CheckPreconditions(request, next, current);
            var old = Documents.Parse(current, request.Kind);
            Prepare(request, scope, next, old, ownersAreSet || scope == UpdateScope.Binding);
            var draft = Documents.Draft(request.Kind, next);
            if (Goes(request.Kind, next))
            {
                if (request.DryRun)
                    return current;
                if (await request.Store.WriteAsync(new StoreWrite.Delete(request.Kind.Collection, request.Key, draft, current.Revision)) is WriteOutcome.Done gone)
                    return gone.Object;
            }
            else
            {
                if (draft.Tail.Span.SequenceEqual(current.Tail.Span) || Documents.SameContent(next, old))
                    return current; // nothing changed: no new version, no event
                if (request.DryRun)
                    return new StoredObject(request.Key, current.Revision, draft.Stamp(current.Revision));
                if (await request.Store.WriteAsync(new StoreWrite.Update(request.Kind.Collection, request.Key, draft, current.Revision)) is WriteOutcome.Done done)
                    return done.Object;
            }

            if (PinsVersion(next) || attempt == Attempts)
                throw Failures.Modified(request.Kind, request.Path.Name);
        }
    }

    /// <summary>Whether a document is of the object that the URL names.</summary>
    /// <exception cref="StatusException">BadRequest: it has no name, or another name or namespace.</exception>
    public static void CheckIdentity(ApiRequest request, JsonObject document)
    {
        var name = document.Text("metadata", "name");
        if (name.Length == 0)
            throw Failures.BadRequest($"the name of the object ({request.Path.Name} based on URL) was undeterminable: name must be provided");
        if (name != request.Path.Name)
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Path.Name})");
        var ns = document.Text("metadata", "namespace");
        if (ns.Length > 0 && ns != request.Path.Namespace && request.Kind.Namespaced)
            throw Failures.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    static bool PinsVersion(JsonObject next) => next.Text("metadata", "resourceVersion") is not ("" or "0");

    static void CheckPreconditions(ApiRequest request, JsonObject next, StoredObject current)
    {
        CheckIdentity(request, next);
        var name = request.Path.Name;
        var uid = next.Text("metadata", "uid");
        if (uid.Length > 0 && uid != current.Metadata.Uid && request.Http.Request.Method == "PATCH")
            throw Failures.Invalid(request.Kind, name, [new StatusCause("FieldValueInvalid", $"Invalid value: \"{uid}\": field is immutable", "metadata.uid")]);
        if (uid.Length > 0 && uid != current.Metadata.Uid)
            throw Failures.Conflict(request.Kind, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Metadata.Uid}");
        var version = next.Text("metadata", "resourceVersion");
        if (version.Length > 0 && version != "0")
        {
            if (version != current.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture))
                throw Failures.Modified(request.Kind, name);
        }
        else if (!request.Kind.ReplacesUnconditionally && request.Http.Request.Method == "PUT") // a patch is of what it finds
        {
            var cause = new StatusCause("FieldValueInvalid", "Invalid value: 0x0: must be specified for an update", "metadata.resourceVersion");
            throw new StatusException(new Status(422, "Invalid", $"{request.Kind.QualifiedResource} \"{name}\" is invalid: {cause.Field}: {cause.Message}")
            {
                Details = new StatusDetails(name, request.Kind.Group, request.Kind.Plural) { Causes = [cause] },
            });
        }
    }

    static void Prepare(ApiRequest request, UpdateScope scope, JsonObject next, JsonObject old, bool ownersAreSet)
    {
        var kind = request.Kind;
        var (metadata, oldMetadata) = (next.Metadata(), old.Metadata());
        if (kind.Namespaced)
            metadata["namespace"] = request.Path.Namespace;
        else
            metadata.Remove("namespace");
        var faults = new FieldFaults();
        MetadataRules.ValidateDeletion(metadata, oldMetadata, faults);
        foreach (var owned in (ReadOnlySpan<string>)["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"])
            metadata.CopyField(oldMetadata, owned);
        metadata.Remove("selfLink");
        KeepWhatScopeForbids(kind, scope, next, old);
        kind.Default(next);
        if (!ownersAreSet)
            FieldTracking.TrackUpdate(request, next, old);
        if (scope == UpdateScope.Object)
        {
            kind.PrepareUpdate(next, old, request.Store.State);
            if (kind.HasGeneration && kind.IsNewGeneration(next, old))
                metadata["generation"] = (oldMetadata.Number("generation") ?? 0) + 1;
        }

        MetadataRules.ValidateUpdate(kind, metadata, oldMetadata, faults);
        // Of a custom resource the status has a schema, too, and nothing else to check it.
        if (scope == UpdateScope.Object || kind.Custom is not null)
        {
            kind.Validate(next, faults);
            if (kind.Schema is { } schema)
                EnumRules.Validate(next, schema, faults);
            kind.ValidateUpdate(next, old, faults);
        }

        if (faults.Causes.Count > 0)
            throw Failures.Invalid(kind, request.Path.Name, faults.Causes);
    }

    static void KeepWhatScopeForbids(KindDefinition kind, UpdateScope scope, JsonObject next, JsonObject old)
    {
        switch (scope)
        {
            case UpdateScope.Object when kind.HasStatus:
                next.CopyField(old, "status");
                break;
            case UpdateScope.Status:
                foreach (var field in old.Select(p => p.Key).Concat(next.Select(p => p.Key)).Distinct().Except(["metadata", "status", "kind", "apiVersion"]).ToList())
                    next.CopyField(old, field);
                foreach (var field in kind.KeptByStatus)
                    next.Metadata().CopyField(old.Metadata(), field);
                break;
            case UpdateScope.Finalize:
                var finalizers = next.Find("spec", "finalizers")?.DeepClone();
                foreach (var field in (ReadOnlySpan<string>)["metadata", "spec", "status"])
                    next.CopyField(old, field);
                if (finalizers is JsonArray { Count: > 0 })
                    (next["spec"] as JsonObject ?? [])["finalizers"] = finalizers;
                else
                    (next["spec"] as JsonObject)?.Remove("finalizers");
                break;
        }
    }

    // An object that was deleted goes with the last thing that held it back.
    static bool Goes(KindDefinition kind, JsonObject next) =>
        next.Text("metadata", "deletionTimestamp").Length > 0 &&
        next.Find("metadata", "finalizers") is not JsonArray { Count: > 0 } &&
        next.Find("spec", "finalizers") is not JsonArray { Count: > 0 } &&
        (kind.GracePeriod is null || next.Number("metadata", "deletionGracePeriodSeconds") is null or 0);
}
