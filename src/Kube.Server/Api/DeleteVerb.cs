using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>DELETE of one object: at once, after its grace period, or when its finalizers are done.</summary>
static class DeleteVerb
{
    const string Orphan = "orphan";
    const string Foreground = "foregroundDeletion";
    const int Attempts = 50;

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var options = await DeleteOptions.ReadAsync(request);
        var (item, gone) = await DeleteAsync(request, request.Key, options);
        if (!gone || request.Kind.ReturnsDeleted)
            await ObjectAnswer.WriteAsync(request, item);
        else
            await ObjectAnswer.WriteAsync(request, Success(request.Kind, item));
    }

    /// <summary>Deletes an object, or marks it as going.</summary>
    /// <returns>Its last or its new state, and whether it is gone.</returns>
    public static async Task<(StoredObject Item, bool Gone)> DeleteAsync(ApiRequest request, ObjectKey key, DeleteOptions options)
    {
        var kind = request.Kind;
        NamespaceLifecycle.CheckDelete(kind, key.Name);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var current = request.Store.State.Find(kind.Collection, key) ?? throw Failures.NotFound(kind, key.Name);
            CheckPreconditions(kind, current, options);
            var next = Documents.Parse(current, kind);
            var gone = Mark(kind, next, options, request.Now);
            var draft = Documents.Draft(kind, next);
            if (!gone && draft.Tail.Span.SequenceEqual(current.Tail.Span))
                return (current, false); // already going, and no sooner than before
            if (options.DryRun)
                return (new StoredObject(key, current.Revision, draft.Stamp(current.Revision)), gone);
            StoreWrite write = gone
                ? new StoreWrite.Delete(kind.Collection, key, draft, current.Revision)
                : new StoreWrite.Update(kind.Collection, key, draft, current.Revision);
            if (await request.Store.WriteAsync(write) is WriteOutcome.Done done)
                return (done.Object, gone);
        }

        throw Failures.Modified(kind, key.Name);
    }

    static void CheckPreconditions(KindDefinition kind, StoredObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Metadata.Uid)
        {
            throw Failures.Conflict(kind, current.Key.Name,
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Metadata.Uid}");
        }

        var version = current.Revision.ToString(CultureInfo.InvariantCulture);
        if (options.ResourceVersion is { } expected && expected != version)
        {
            throw Failures.Conflict(kind, current.Key.Name,
                $"Precondition failed: ResourceVersion in precondition: {expected}, ResourceVersion in object meta: {version}");
        }
    }

    // True: nothing holds the object back.
    static bool Mark(KindDefinition kind, JsonObject item, DeleteOptions options, DateTimeOffset now)
    {
        var metadata = item.Metadata();
        if (kind.Collection == NamespaceLifecycle.Collection && item.Find("spec", "finalizers") is JsonArray { Count: > 0 })
        {
            // It goes once its content has; until then a deletion changes nothing more.
            if (metadata["deletionTimestamp"] is not null)
                return false;
            item["status"] = new JsonObject { ["phase"] = "Terminating" };
            metadata["deletionTimestamp"] = Documents.Timestamp(now);
            return false;
        }

        if (metadata["deletionTimestamp"] is null)
            kind.PrepareDelete?.Invoke(item, now);
        if (!kind.HasNoDependents)
            SetPolicyFinalizers(metadata, options.PropagationPolicy ?? DefaultPolicy(kind, metadata));
        var held = metadata["finalizers"] is JsonArray { Count: > 0 } || item.Find("spec", "finalizers") is JsonArray { Count: > 0 };
        var grace = kind.GracePeriod?.Invoke(item, options.GracePeriodSeconds) ?? 0;
        if (metadata["deletionTimestamp"] is not null)
        {
            // A second deletion can only bring the end nearer.
            var before = metadata.Number("deletionGracePeriodSeconds") ?? 0;
            if (options.GracePeriodSeconds is null || grace >= before)
                return !held && before == 0;
            if (DateTimeOffset.TryParse(metadata.Text("deletionTimestamp"), CultureInfo.InvariantCulture, out var end))
                metadata["deletionTimestamp"] = Documents.Timestamp(end.AddSeconds(grace - before));
            metadata["deletionGracePeriodSeconds"] = grace;
            return !held && grace == 0;
        }

        if (!held && kind.GracePeriod is null)
            return true;
        metadata["deletionTimestamp"] = Documents.Timestamp(now.AddSeconds(grace));
        metadata["deletionGracePeriodSeconds"] = grace;
        if (metadata.Number("generation") is > 0 and var generation)
            metadata["generation"] = generation + 1;
        return !held && grace == 0;
    }

    // A finalizer that is there already says what somebody has wanted before.
    static string? DefaultPolicy(KindDefinition kind, JsonObject metadata) =>
        kind.OrphansDependents && (metadata["finalizers"] as JsonArray ?? []).All(f => f!.ToString() is not (Orphan or Foreground)) ? "Orphan" : null;

    static void SetPolicyFinalizers(JsonObject metadata, string? policy)
    {
        if (policy is null)
            return;
        var wanted = policy switch
        {
            "Foreground" => Foreground,
            "Orphan" => Orphan,
            _ => null,
        };
        var kept = (metadata["finalizers"] as JsonArray ?? []).Select(f => f!.ToString()).Where(f => f is not (Orphan or Foreground)).ToList();
        if (wanted is not null)
            kept.Add(wanted);
        if (kept.Count == 0)
            metadata.Remove("finalizers");
        else
            metadata["finalizers"] = new JsonArray([.. kept.Select(f => JsonValue.Create(f))]);
    }

    static byte[] Success(KindDefinition kind, StoredObject gone) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = Details(kind, gone),
    }, JsonText.NodeOptions);

    static JsonObject Details(KindDefinition kind, StoredObject gone)
    {
        var details = new JsonObject { ["name"] = gone.Key.Name };
        if (kind.Group.Length > 0)
            details["group"] = kind.Group;
        details["kind"] = kind.Plural;
        details["uid"] = gone.Metadata.Uid;
        return details;
    }
}
