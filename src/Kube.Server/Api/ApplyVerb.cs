using System.Text.Json.Nodes;
using Kube.Server.Api.Apply;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>PATCH with a document of all that its sender wants of an object: server-side apply.</summary>
static class ApplyVerb
{
    public const string MediaType = "application/apply-patch+yaml";

    const int CreateAttempts = 5;

    /// <summary>Reads the document and applies it.</summary>
    /// <returns>The object, and whether it is new.</returns>
    public static Task<(StoredObject Item, bool Created)> ExecuteAsync(ApiRequest request, RequestBody body)
    {
        RequestManager.Read(request, ManagerOperation.Apply); // options are judged before the document
        var applied = Decode(request, RequestBody.FromYaml(body.Json, request.Services.Yaml));
        return ApplyAsync(request, applied);
    }

    /// <param name="applied">What is wanted, as the client said it.</param>
    public static async Task<(StoredObject Item, bool Created)> ApplyAsync(ApiRequest request, JsonObject applied)
    {
        var sender = RequestManager.Read(request, ManagerOperation.Apply);
        var force = RequestManager.ReadForce(request, applies: true);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (request.Path.Subresource.Length == 0 && request.Store.State.Find(request.Kind.Collection, request.Key) is null)
                    return (await CreateAsync(request, applied, sender, force), true);
                return (await UpdateAsync(request, applied, sender, force), false);
            }
            catch (StatusException e) when (attempt < CreateAttempts && request.Path.Subresource.Length == 0 && IsRace(e))
            {
                // Somebody else created or deleted it meanwhile: the other way then.
            }
        }
    }

    static bool IsRace(StatusException e) => e.Status.Reason is "AlreadyExists" or "NotFound";

    static Task<StoredObject> UpdateAsync(ApiRequest request, JsonObject applied, Manager sender, bool force) =>
        ObjectUpdate.RunAsync(request, ReplaceVerb.Scope(request), current =>
        {
            var live = Documents.Parse(current, request.Kind);
            live.Metadata().Remove("resourceVersion"); // the document is conditional only if it says so itself
            var (next, managed) = Merge(request, live, applied, sender, force);
            var decoded = ObjectDecoder.DecodePatched(request, next);
            FieldTracking.Set(decoded, managed);
            return decoded;
        }, ownersAreSet: true);

    static Task<StoredObject> CreateAsync(ApiRequest request, JsonObject applied, Manager sender, bool force)
    {
        if (applied.Text("metadata", "uid") is { Length: > 0 } uid)
            throw Failures.Conflict(request.Kind, request.Path.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        if (applied.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != "0")
            throw Failures.NotFound(request.Kind, request.Path.Name);
        var (next, managed) = Merge(request, [], applied, sender, force);
        return CreateVerb.CreateAsync(request, ObjectDecoder.DecodePatched(request, next), managed);
    }

    static (JsonObject Next, ManagedFields Managed) Merge(ApiRequest request, JsonObject live, JsonObject applied, Manager sender, bool force)
    {
        var ownership = FieldTracking.Ownership(request);
        var managed = FieldTracking.Read(request, FieldTracking.Take(live));
        var now = Documents.Timestamp(request.Now);
        try
        {
            var outcome = ownership.Apply(managed, live, applied, sender, force, now);
            if (outcome.Conflicts.Count > 0 && sender.Name == LastApplied.Manager)
                outcome = TakeOver(request, ownership, outcome, live, applied, sender, now);
            if (outcome.Conflicts.Count > 0)
                throw Conflict(outcome.Conflicts);
            if (sender.Name == LastApplied.Manager)
                LastApplied.Refresh(outcome.Document, applied);
            return (outcome.Document, outcome.Managed);
        }
        catch (FieldsException e)
        {
            throw Untyped(request, e.Message);
        }
    }

    // What kubectl applied by itself, before it left that to the server, is no conflict.
    static AppliedFields TakeOver(ApiRequest request, FieldOwnership ownership, AppliedFields outcome, JsonObject live, JsonObject applied, Manager sender, string now)
    {
        var own = LastApplied.StillTrue(FieldType.Of(request.Kind.Fields), live);
        var left = outcome.Conflicts.Select(c => (c.Manager, Fields: c.Fields.Difference(own))).Where(c => !c.Fields.IsEmpty).ToList();
        return left.Count > 0 ? outcome with { Conflicts = left } : ownership.Apply(outcome.Managed, live, applied, sender, force: true, now);
    }

    static JsonObject Decode(ApiRequest request, ReadOnlyMemory<byte> json)
    {
        var document = ObjectDecoder.DecodeApplied(request, json, faults => Untyped(request, string.Join(", ", faults)));
        if (FieldTracking.Take(document) is JsonArray { Count: > 0 })
            throw Failures.BadRequest("metadata.managedFields must be nil");
        var name = document.Text("metadata", "name");
        if (name.Length == 0)
            document.Metadata()["name"] = request.Path.Name;
        else if (name != request.Path.Name)
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Path.Name})");
        return document;
    }

    static StatusException Untyped(ApiRequest request, string why)
    {
        var place = request.Path.Namespace.Length > 0 ? $"{request.Path.Namespace}/{request.Path.Name}" : "/" + request.Path.Name;
        var kind = request.Kind.Group.Length > 0 ? request.Kind.ApiVersion : "/" + request.Kind.Version;
        return Failures.BadRequest($"failed to create typed patch object ({place}; {kind}, Kind={request.Kind.Kind}): {why}");
    }

    static StatusException Conflict(IReadOnlyList<(Manager Manager, FieldSet Fields)> conflicts)
    {
        var causes = conflicts.SelectMany(c => c.Fields.Paths().Select(path => new StatusCause("FieldManagerConflict", $"conflict with {c.Manager}", path))).ToList();
        var lines = conflicts.SelectMany(c => (string[])[$"conflicts with {c.Manager}:", .. c.Fields.Paths().Select(path => "- " + path)]);
        var message = causes.Count == 1
            ? $"Apply failed with 1 conflict: {causes[0].Message}: {causes[0].Field}"
            : $"Apply failed with {causes.Count} conflicts: {string.Join("\n", lines)}";
        return new StatusException(new Status(409, "Conflict", message) { Details = new StatusDetails { Causes = causes } });
    }
}
