using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>Keeps <c>metadata.managedFields</c> of what a request writes.</summary>
static class FieldTracking
{
    const string Field = "managedFields";

    /// <summary>The rules of a request: it changes the object, or its status.</summary>
    public static FieldOwnership Ownership(ApiRequest request) => new(FieldType.Of(request.Kind.Fields), Counts(request));

    /// <summary>Notes who sent a new object.</summary>
    /// <param name="given">The owners that the client itself names; null for none.</param>
    public static void TrackCreate(ApiRequest request, JsonObject document, JsonNode? given)
    {
        if (ManagedFields.IsReset(given))
            return;
        Set(document, Ownership(request).Update(Read(request, given), [], document, RequestManager.Read(request, ManagerOperation.Update), Documents.Timestamp(request.Now)));
    }

    /// <summary>Notes who changed an object. Subresources cannot change the owners themselves.</summary>
    public static void TrackUpdate(ApiRequest request, JsonObject next, JsonObject old)
    {
        var (given, present) = (Take(next), Take(old));
        if (present is null)
            return; // who wrote an object before owners were kept, or told to forget them, is not made up again
        var names = request.Path.Subresource.Length == 0 && given is JsonArray { Count: > 0 } && !JsonNode.DeepEquals(given, present);
        if (!names || !ManagedFields.IsReset(given))
        {
            var managed = Read(request, names ? given : present);
            var tracked = Ownership(request).Update(managed, old, next, RequestManager.Read(request, ManagerOperation.Update), Documents.Timestamp(request.Now));
            if (names || !ReferenceEquals(tracked, managed))
                Set(next, tracked);
            else
                next.Metadata()[Field] = present.DeepClone();
        }

        old.Metadata()[Field] = present;
    }

    /// <summary>Takes the owners out of a document.</summary>
    public static JsonNode? Take(JsonObject document)
    {
        var metadata = document.Metadata();
        return metadata.Remove(Field, out var list) ? list : null;
    }

    public static void Set(JsonObject document, ManagedFields managed)
    {
        if (managed.Entries.Count > 0)
            document.Metadata()[Field] = managed.Write();
    }

    /// <exception cref="StatusException">Invalid: a client names owners in a way that cannot be read.</exception>
    public static ManagedFields Read(ApiRequest request, JsonNode? list)
    {
        try
        {
            return ManagedFields.Read(list);
        }
        catch (FormatException e)
        {
            var (field, why) = e.Message.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? (e.Message[..colon], e.Message[(colon + 2)..]) : ("metadata.managedFields", e.Message);
            throw Failures.Invalid(request.Kind, request.Path.Name, [new StatusCause("FieldValueInvalid", why, field)]);
        }
    }

    static Predicate<string> Counts(ApiRequest request)
    {
        if (request.Path.Subresource == "status")
            return static field => field is "status" or "metadata";
        return request.Kind.HasStatus ? static field => field != "status" : static _ => true;
    }
}
