using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Discovery;

/// <summary>EndpointSlice.</summary>
static class EndpointSliceKind
{
    const int MostShown = 3;

    public static KindDefinition Definition { get; } = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices")
    {
        HasGeneration = true,
        IsNewGeneration = static (next, old) => ((string[])["endpoints", "ports"]).Any(field => !JsonNode.DeepEquals(next[field], old[field])),
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Text("AddressType", "addressType"),
            TableColumn.Of("Ports", static row => Shorten([.. TableCells.Items(row.Item, "ports").Select(p => p.TryGetProperty("port", out var port) ? port.ToString() : "*")])),
            TableColumn.Of("Endpoints", static row => Shorten([.. TableCells.Items(row.Item, "endpoints").SelectMany(e => TableCells.Texts(e, "addresses"))])),
            TableColumn.Age,
        ],
        Default = static slice =>
        {
            foreach (var port in slice.Objects("ports"))
            {
                port["name"] ??= "";
                port.SetDefault("protocol", "TCP");
            }
        },
        Validate = Validate,
        ValidateUpdate = static (slice, old, faults) => faults.Immutable(slice["addressType"], old["addressType"], FieldPath.Root("addressType")),
    };

    static void Validate(JsonObject slice, FieldFaults faults)
    {
        faults.RequiredOneOf(slice, "addressType", FieldPath.Root(""), "FQDN", "IPv4", "IPv6");
        foreach (var (endpoint, at) in FieldPath.Root("endpoints").Each(slice["endpoints"]))
        {
            var addresses = (endpoint["addresses"] as JsonArray ?? []).Select(a => a?.ToString() ?? "").ToList();
            if (addresses.Count == 0)
                faults.Required(at.Child("addresses"), "must contain at least 1 address");
            for (var i = 0; i < addresses.Count; i++)
            {
                if (slice.Text("addressType") == "FQDN")
                    faults.Invalid(at.Child("addresses").Index(i), addresses[i], Names.SubdomainFaults(addresses[i]));
                else
                    faults.Address(addresses[i], at.Child("addresses").Index(i));
            }
        }

        var names = new HashSet<string>();
        foreach (var (port, at) in FieldPath.Root("ports").Each(slice["ports"]))
        {
            faults.Name(port, "name", at, Names.LabelFaults);
            if (!names.Add(port.Text("name")))
                faults.Duplicate(at.Child("name"), port.Text("name"));
            faults.InRange(port, "port", at, 1, 65535);
            faults.OneOf(port, "protocol", at, "SCTP", "TCP", "UDP");
        }
    }

    static string Shorten(IReadOnlyList<string> all)
    {
        if (all.Count == 0)
            return "<unset>";
        var shown = string.Join(",", all.Take(MostShown));
        return all.Count > MostShown ? $"{shown} + {all.Count - MostShown} more..." : shown;
    }
}
