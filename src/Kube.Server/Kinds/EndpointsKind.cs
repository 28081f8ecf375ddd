using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Endpoints.</summary>
static class EndpointsKind
{
    const int MostShown = 3;

    public static KindDefinition Definition { get; } = new("", "v1", "Endpoints", "endpoints")
    {
        Singular = "endpoints",
        ShortNames = ["ep"],
        CreatesOnReplace = true,
        Columns = [TableColumn.ObjectName, TableColumn.Of("Endpoints", static row => Addresses(row.Item)), TableColumn.Age],
        Default = static endpoints =>
        {
            foreach (var port in endpoints.Objects("subsets").SelectMany(s => s.Objects("ports")))
                port.SetDefault("protocol", "TCP");
        },
        Validate = Validate,
    };

    static void Validate(JsonObject endpoints, FieldFaults faults)
    {
        foreach (var (subset, at) in FieldPath.Root("subsets").Each(endpoints["subsets"]))
        {
            if (!subset.Objects("addresses").Any() && !subset.Objects("notReadyAddresses").Any())
                faults.Required(at, "must specify `addresses` or `notReadyAddresses`");
            foreach (var list in (ReadOnlySpan<string>)["addresses", "notReadyAddresses"])
            {
                foreach (var (address, path) in at.Child(list).Each(subset[list]))
                    faults.Address(address.Text("ip"), path.Child("ip"));
            }

            var many = subset.Objects("ports").Count() > 1;
            foreach (var (port, path) in at.Child("ports").Each(subset["ports"]))
            {
                if (many && port.Text("name").Length == 0)
                    faults.Required(path.Child("name"));
                faults.Name(port, "name", path, Names.LabelFaults);
                faults.Invalid(path.Child("port"), port.Number("port") ?? 0, Names.PortFaults(port.Number("port") ?? 0));
                faults.RequiredOneOf(port, "protocol", path, "SCTP", "TCP", "UDP");
            }
        }
    }

    static string Addresses(JsonElement endpoints)
    {
        var all = TableCells.Items(endpoints, "subsets").SelectMany(Addresses, (_, address) => address).ToList();
        if (all.Count == 0)
            return TableCells.None;
        var shown = string.Join(",", all.Take(MostShown));
        return all.Count > MostShown ? $"{shown} + {all.Count - MostShown} more..." : shown;

        static IEnumerable<string> Addresses(JsonElement subset)
        {
            var addresses = TableCells.Items(subset, "addresses").Select(a => TableCells.Text(a, "ip")).ToList();
            var ports = TableCells.Items(subset, "ports").Select(p => TableCells.Number(p, "port")).ToList();
            return ports.Count == 0
                ? addresses
                : ports.SelectMany(port => addresses, static (port, ip) => ip.Contains(':') ? $"[{ip}]:{port}" : $"{ip}:{port}");
        }
    }
}
