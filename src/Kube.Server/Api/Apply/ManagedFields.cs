using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>Who owns which fields of an object: its <c>metadata.managedFields</c>. Never changed; changes make a new one.</summary>
sealed class ManagedFields(IReadOnlyList<ManagedEntry> entries)
{
    const string FieldsType = "FieldsV1";

    public static ManagedFields Empty { get; } = new([]);

    public IReadOnlyList<ManagedEntry> Entries { get; } = entries;

    /// <summary>Whether a client asks to forget all owners: a list of one entry that says nothing.</summary>
    public static bool IsReset(JsonNode? list) => list is JsonArray { Count: 1 } array && array[0] is JsonObject { Count: 0 };

    /// <summary>Reads what is stored or sent.</summary>
    /// <exception cref="FormatException">An entry is malformed; the message begins with its place.</exception>
    public static ManagedFields Read(JsonNode? list)
    {
        if (list is not JsonArray { Count: > 0 } array)
            return Empty;
        return new ManagedFields([.. array.Select((entry, i) => ReadEntry(entry as JsonObject ?? [], $"metadata.managedFields[{i}]"))]);
    }

    /// <summary>The entries in Kubernetes' order: what was applied first, then by time and name.</summary>
    public JsonArray Write() => new(
    [
        .. Entries.OrderBy(e => e.Manager.Operation).ThenBy(e => e.Time, StringComparer.Ordinal).ThenBy(e => e.Manager.Name, StringComparer.Ordinal)
            .ThenBy(e => e.Manager.ApiVersion, StringComparer.Ordinal).ThenBy(e => e.Manager.Subresource, StringComparer.Ordinal).Select(e => e.Write()),
    ]);

    public ManagedEntry? Find(Manager manager) => Entries.FirstOrDefault(e => e.Manager.Is(manager));

    /// <summary>Puts an entry in the place of its manager's present one; an empty one just goes.</summary>
    public ManagedFields With(ManagedEntry entry) =>
        new([.. Entries.Where(e => !e.Manager.Is(entry.Manager)), .. entry.Fields.IsEmpty ? Array.Empty<ManagedEntry>() : [entry]]);

    /// <summary>Changes the fields of each entry; whoever is left with none goes.</summary>
    public ManagedFields Select(Func<ManagedEntry, FieldSet> change) =>
        new([.. Entries.Select(e => e with { Fields = change(e) }).Where(e => !e.Fields.IsEmpty)]);

    /// <summary>These owners, where the type may have changed since: a definition of a custom resource may have a new schema.</summary>
    public ManagedFields Fitted(FieldType type)
    {
        var fitted = Entries.Select(e => e.Fields.Fitted(type)).ToList();
        return fitted.Zip(Entries).All(pair => ReferenceEquals(pair.First, pair.Second.Fields)) ? this : new([.. Entries.Zip(fitted, (e, fields) => e with { Fields = fields })]);
    }

    static ManagedEntry ReadEntry(JsonObject entry, string at)
    {
        var operation = entry.Text("operation") switch
        {
            "Apply" => ManagerOperation.Apply,
            "Update" => ManagerOperation.Update,
            var other => throw new FormatException($"{at}.operation: Invalid value: \"{other}\": must be `Apply` or `Update`"),
        };
        if (entry.Text("fieldsType") is var type && type != FieldsType)
            throw new FormatException($"{at}.fieldsType: Invalid value: \"{type}\": must be `{FieldsType}`");
        try
        {
            return new ManagedEntry(new Manager(entry.Text("manager"), operation, entry.Text("apiVersion"), entry.Text("subresource")),
                entry.Text("time"), FieldSet.Parse(entry["fieldsV1"] as JsonObject ?? []));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{at}.fieldsV1: {e.Message}", e);
        }
    }
}

/// <summary>The fields of one manager.</summary>
/// <param name="Time">When it last took or gave up a field, as the API writes times; empty where that is not known.</param>
sealed record ManagedEntry(Manager Manager, string Time, FieldSet Fields)
{
    public JsonObject Write()
    {
        var entry = new JsonObject();
        if (Manager.Name.Length > 0)
            entry["manager"] = Manager.Name;
        entry["operation"] = Manager.Operation.ToString();
        entry["apiVersion"] = Manager.ApiVersion;
        if (Time.Length > 0)
            entry["time"] = Time;
        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = Fields.ToJson();
        if (Manager.Subresource.Length > 0)
            entry["subresource"] = Manager.Subresource;
        return entry;
    }
}
