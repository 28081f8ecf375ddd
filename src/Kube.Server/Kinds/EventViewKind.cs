using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Event of <c>events.k8s.io</c>: the events of the core group, under the names of their successor.</summary>
static class EventViewKind
{
    static readonly (string Core, string View)[] Names =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"), ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ];

    public static KindDefinition Definition { get; } = new("events.k8s.io", "v1", "Event", "events")
    {
        ShortNames = ["ev"],
        CreatesOnReplace = true,
        HasNoDependents = true,
        Stored = new StoredForm(EventKind.Definition, static item => Rename(item, static n => (n.Core, n.View)), static item => Rename(item, static n => (n.View, n.Core))),
        SelectableFields =
        [
            .. new[] { "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath" }.Select(f => new SelectableField("regarding." + f, Path: "involvedObject." + f)),
            new("reason"), new("reportingController", Path: "reportingComponent"), new("type"),
        ],
        Columns = EventKind.Definition.Columns,
        Row = EventKind.Row,
        Validate = Validate,
        ValidateUpdate = ValidateUpdate,
    };

    static void Rename(JsonObject item, Func<(string Core, string View), (string From, string To)> way)
    {
        foreach (var (from, to) in Names.Select(way))
        {
            if (item.Remove(from, out var value))
                item[to] = value;
        }
    }

    static void Validate(JsonObject item, FieldFaults faults)
    {
        var (about, own) = (item.Text("regarding", "namespace"), item.Text("metadata", "namespace"));
        if (about.Length == 0 ? own is not ("default" or "kube-system") : about != own)
            faults.Invalid(FieldPath.Root("involvedObject").Child("namespace"), about, "does not match event.namespace");
        if (item["eventTime"] is null && IsNew(item))
            faults.Required(FieldPath.Root("eventTime"));
        if (!IsNew(item))
            return;
        foreach (var field in (ReadOnlySpan<string>)["reportingController", "reportingInstance", "action", "reason"])
        {
            if (item.Text(field).Length == 0)
                faults.Required(FieldPath.Root(field));
        }

        if (item.Text("type") is not ("Normal" or "Warning"))
            faults.Invalid(FieldPath.Root("type"), "", $"has invalid value: {item.Text("type")}");
        foreach (var field in (ReadOnlySpan<string>)["deprecatedFirstTimestamp", "deprecatedLastTimestamp"])
        {
            if (item[field] is not null)
                faults.Invalid(FieldPath.Root(field["deprecated".Length..] is var core ? char.ToLowerInvariant(core[0]) + core[1..] : field), item[field], "needs to be unset");
        }

        if (item.Number("deprecatedCount") is { } count and not 0)
            faults.Invalid(FieldPath.Root("count"), count, "needs to be unset");
    }

    static void ValidateUpdate(JsonObject item, JsonObject old, FieldFaults faults)
    {
        foreach (var (core, view) in (ReadOnlySpan<(string, string)>)[("involvedObject", "regarding"), ("reason", "reason"), ("message", "note"), ("type", "type"), ("reportingComponent", "reportingController"), ("eventTime", "eventTime"), ("action", "action")])
        {
            if (IsNew(old))
                faults.Immutable(item[view], old[view], FieldPath.Root(core));
        }
    }

    // Events of the core group's writers may be changed under the new names without meeting the new rules.
    static bool IsNew(JsonObject item) => item["deprecatedFirstTimestamp"] is null && item.Find("deprecatedSource", "component") is null;
}
