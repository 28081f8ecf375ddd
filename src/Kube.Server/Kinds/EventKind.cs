using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Event of the core group.</summary>
static class EventKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "Event", "events")
    {
        ShortNames = ["ev"],
        CreatesOnReplace = true,
        HasNoDependents = true,
        SelectableFields =
        [
            new("involvedObject.kind"), new("involvedObject.namespace"), new("involvedObject.name"), new("involvedObject.uid"),
            new("involvedObject.apiVersion"), new("involvedObject.resourceVersion"), new("involvedObject.fieldPath"),
            new("reason"), new("reportingComponent"), new("source", Path: "source.component"), new("type"),
        ],
        Columns =
        [
            new("Last Seen"), new("Type"), new("Reason"), new("Object"), new("Subobject", Priority: 1), new("Source", Priority: 1), new("Message"),
            new("First Seen", Priority: 1), new("Count", Priority: 1), new("Name", Priority: 1) { Format = "name" },
        ],
        Row = Row,
        Validate = Validate,
    };

    static void Validate(JsonObject item, FieldFaults faults)
    {
        // Events of what has no namespace live in the default one.
        var about = item.Text("involvedObject", "namespace");
        var own = item.Text("metadata", "namespace");
        var path = FieldPath.Root("involvedObject").Child("namespace");
        if (about.Length == 0)
        {
            if (own is not ("default" or "kube-system"))
                faults.Invalid(path, about, "does not match event.namespace");
        }
        else if (about != own)
        {
            faults.Invalid(path, about, "does not match event.namespace");
        }
    }

    /// <summary>The row of an event as it is kept.</summary>
    public static object?[] Row(RowSource row)
    {
        var item = row.Item;
        var first = FirstSet(item, "firstTimestamp", "eventTime");
        var last = FirstSet(item, "lastTimestamp") is { Length: > 0 } time ? time : first;
        var count = TableCells.Number(item, "count");
        if (TableCells.Find(item, "series") is { ValueKind: JsonValueKind.Object })
        {
            last = TableCells.Text(item, "series", "lastObservedTime");
            count = TableCells.Number(item, "series", "count");
        }

        return
        [
            TableCells.Since(last, row.Now),
            TableCells.Text(item, "type"),
            TableCells.Text(item, "reason"),
            Target(item),
            TableCells.Text(item, "involvedObject", "fieldPath"),
            Source(item),
            TableCells.Text(item, "message").Trim(),
            TableCells.Since(first, row.Now),
            Math.Max(count, 1),
            TableCells.Name(item),
        ];
    }

    static string FirstSet(JsonElement item, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (TableCells.Text(item, field) is { Length: > 0 } text)
                return text;
        }

        return "";
    }

    static string Target(JsonElement item)
    {
        var kind = TableCells.Text(item, "involvedObject", "kind").ToLowerInvariant();
        var name = TableCells.Text(item, "involvedObject", "name");
        return name.Length == 0 ? kind : $"{kind}/{name}";
    }

    static string Source(JsonElement item)
    {
        var component = TableCells.Text(item, "source", "component");
        var host = TableCells.Text(item, "source", "host");
        if (component.Length == 0)
            component = TableCells.Text(item, "reportingComponent");
        if (host.Length == 0)
            host = TableCells.Text(item, "reportingInstance");
        return host.Length == 0 ? component : $"{component}, {host}";
    }
}
