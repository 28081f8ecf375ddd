using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;

namespace Kube.Server.Controllers.Revisions;

/// <summary>Keeps the templates that stateful or daemon sets have had.</summary>
sealed class RevisionHistory(KubeApi api, Cache<ControllerRevisionDocument> revisions, ControllerIdentity self)
{
    public static KubeResource Resource { get; } = new("apps", "v1", "controllerrevisions", "ControllerRevision", true);

    const int DefaultLimit = 10;

    public Task Synced => revisions.Synced;

    /// <summary>All revisions of a set.</summary>
    public IReadOnlyList<ControllerRevisionDocument> Of(ObjectMeta owner) => [.. revisions.Items.Where(r => r.Metadata.Controller?.Uid == owner.Uid)];

    /// <summary>Brings the history up to the present template.</summary>
    /// <returns>What was decided.</returns>
    public async Task<RevisionPlan> KeepAsync(ObjectMeta owner, JsonElement template, int? limit, Func<ControllerRevisionDocument, bool> inUse, CancellationToken cancel)
    {
        var plan = RevisionPlan.Decide(owner, template, Of(owner), inUse, limit ?? DefaultLimit);
        if (owner.DeletionTimestamp is not null) return plan;
        try
        {
            if (plan.Present is null)
                await api.CreateAsync(Resource, owner.Namespace, RevisionPlan.Write(owner, self, plan.Name, plan.Number, template), ControllerOptions.Write, cancel);
            else if (plan.Present.Revision != plan.Number)
                await api.PatchAsync(Resource, owner.Namespace, plan.Name, PatchType.Merge, Renumber(plan.Present.Metadata, plan.Number), ControllerOptions.Write, cancel);
            foreach (var old in plan.Forget)
                await api.DeleteAsync(Resource, owner.Namespace, old.Metadata.Name, new DeleteOptions { Uid = old.Metadata.Uid }, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason is "AlreadyExists" or "NotFound")
        {
            // Made or removed a moment ago; the news of it is on the way here.
        }
        return plan;
    }

    static byte[] Renumber(ObjectMeta revision, long number) => JsonBody.Write(json =>
    {
        json.WriteStartObject("metadata");
        json.WriteString("resourceVersion", revision.ResourceVersion);
        json.WriteEndObject();
        json.WriteNumber("revision", number);
    });
}
