using System.Text.Json;

namespace Kube.Server.Kinds;

/// <summary>Endpoints.</summary>
internal static partial class EndpointsKind
{
    private const int MostShown = 3;

    public static KindDefinition Definition { get; } = new("", "v1", "Endpoints", "endpoints")
    {
        Singular = "endpoints",
        ShortNames = ["ep"],
        CreatesOnReplace = true,
        Columns = [TableColumn.ObjectName, new("Endpoints"), TableColumn.Age],
        Row = static row => [TableCells.Name(row.Item), Addresses(row.Item), TableCells.Age(row)],
    };

    private static string Addresses(JsonElement endpoints)
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
