using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Services;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Service.</summary>
static class ServiceKind
{
    /// <summary>The virtual address.</summary>
    public static SelectableField ClusterAddress { get; } = new("spec.clusterIP");

    /// <summary>The ports that it has on every node; no one selects by them.</summary>
    public static SelectableField NodePorts { get; } = new("spec.ports.nodePort");

    public static KindDefinition Definition { get; } = new("", "v1", "Service", "services")
    {
        ShortNames = ["svc"],
        Categories = ["all"],
        Subresources = [Subresource.Status("Service")],
        NameFaults = Names.Dns1035Faults,
        ReturnsDeleted = true,
        SelectableFields = [ClusterAddress, new("spec.type")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Text("Type", "spec", "type"),
            TableColumn.TextOrNone("Cluster-IP", "spec", "clusterIP"),
            TableColumn.Of("External-IP", static row => ExternalAddress(row.Item)),
            TableColumn.Of("Port(s)", static row => Ports(row.Item)),
            TableColumn.Age,
            TableColumn.Of("Selector", static row => TableCells.Labels(row.Item, "spec", "selector")).Wide,
        ],
        Default = ServiceDefaults.Set,
        PrepareCreate = static (service, state) =>
        {
            if (ServiceAddresses.IsTaken(service.Text("spec", "clusterIP"), state))
                throw AddressTaken(service);
            ServiceAddresses.Allocate(service, state);
            service["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
        },
        PrepareUpdate = static (service, old, state) =>
        {
            ServiceDefaults.DropStale(service, old);
            ServiceDefaults.KeepAllocated(service, old);
            ServiceAddresses.Allocate(service, state);
        },
        Validate = ServiceRules.Validate,
        ValidateUpdate = ServiceRules.ValidateUpdate,
    };

    static StatusException AddressTaken(JsonObject service)
    {
        var address = service.Text("spec", "clusterIP");
        return Failures.Invalid(Definition, service.Text("metadata", "name"),
            [new StatusCause("FieldValueInvalid", $"Invalid value: [\"{address}\"]: failed to allocate IP {address}: provided IP is already allocated", "spec.clusterIPs")]);
    }

    static string ExternalAddress(JsonElement service)
    {
        var external = TableCells.Texts(service, "spec", "externalIPs").ToList();
        switch (TableCells.Text(service, "spec", "type"))
        {
            case "ExternalName":
                return TableCells.Text(service, "spec", "externalName");
            case "LoadBalancer":
                var ingress = TableCells.Items(service, "status", "loadBalancer", "ingress")
                    .Select(i => TableCells.Text(i, "ip") is { Length: > 0 } ip ? ip : TableCells.Text(i, "hostname"))
                    .Distinct().Order(StringComparer.Ordinal);
                var all = ingress.Concat(external).ToList();
                return all.Count == 0 ? "<pending>" : string.Join(",", all);
            default:
                return external.Count == 0 ? TableCells.None : string.Join(",", external);
        }
    }

    static string Ports(JsonElement service)
    {
        var ports = TableCells.Items(service, "spec", "ports").Select(port =>
        {
            var nodePort = TableCells.Number(port, "nodePort");
            var number = TableCells.Number(port, "port");
            return nodePort > 0 ? $"{number}:{nodePort}/{TableCells.Text(port, "protocol")}" : $"{number}/{TableCells.Text(port, "protocol")}";
        });
        return TableCells.OrNone(string.Join(",", ports));
    }
}
