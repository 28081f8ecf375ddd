using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Lease, by which nodes say that they live.</summary>
static class LeaseKind
{
    public static KindDefinition Definition { get; } = new("coordination.k8s.io", "v1", "Lease", "leases")
    {
        CreatesOnReplace = true,
        ReplacesUnconditionally = false,
        Columns = [TableColumn.ObjectName, TableColumn.Text("Holder", "spec", "holderIdentity"), TableColumn.Age],
        Validate = Validate,
    };

    static void Validate(JsonObject lease, FieldFaults faults)
    {
        var path = FieldPath.Root("spec");
        var spec = lease["spec"] as JsonObject ?? [];
        if (spec.Number("leaseDurationSeconds") is <= 0 and var seconds)
            faults.Invalid(path.Child("leaseDurationSeconds"), seconds, "must be greater than 0");
        faults.NotNegative(spec, "leaseTransitions", path);
        if (spec["holderIdentity"] is not null && spec.Text("holderIdentity").Length == 0)
            faults.Invalid(path.Child("holderIdentity"), "", "must not be empty");
    }
}
