using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Tests.Api;

/// <summary>What <c>kubectl explain</c> has to tell.</summary>
public class OpenApiDescriptionTests
{
    // Types that every manifest is made of: of these each field is described, but for the ones that the server refuses.
    static readonly string[] Whole =
    [
        "meta.ObjectMeta", "meta.LabelSelector", "meta.OwnerReference", "core.Pod", "core.Container", "core.ContainerPort", "core.EnvVar", "core.Probe", "core.Service", "core.ServiceSpec", "core.ServicePort",
        "core.ConfigMap", "core.Secret", "core.VolumeMount", "core.ContainerState", "core.ReplicationControllerSpec", "core.PodTemplateSpec", "core.ResourceRequirements", "core.Taint", "core.Toleration",
        "apps.DeploymentSpec", "apps.DeploymentStatus", "apps.StatefulSetSpec", "apps.DaemonSetSpec", "apps.ReplicaSetSpec", "batch.CronJobSpec", "rbac.PolicyRule", "networking.IngressSpec",
    ];

    [Fact]
    public async Task Every_kind_and_the_fields_of_everyday_types_are_described()
    {
        await using var api = await TestApi.StartAsync();
        var index = (await api.GetAsync("/openapi/v3")).Json["paths"]!.AsObject();
        var silent = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (_, entry) in index)
        {
            var schemas = (await api.GetAsync(entry!["serverRelativeURL"]!.GetValue<string>())).Json["components"]!["schemas"]!.AsObject();
            foreach (var (name, schema) in schemas)
            {
                var isKind = schema!["x-kubernetes-group-version-kind"] is not null && !name.EndsWith("List", StringComparison.Ordinal);
                if (isKind && schema["description"] is null) silent.Add(name);
                var type = string.Join('.', name.Replace(".pkg.apis.meta.v1", ".meta.v1", StringComparison.Ordinal).Replace(".v1", "", StringComparison.Ordinal).Split('.')[^2..]);
                if (!Whole.Contains(type)) continue;
                foreach (var (field, property) in schema["properties"]!.AsObject())
                {
                    if (property!["description"] is null) silent.Add($"{type}.{field}");
                }
            }
        }
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_description_is_of_something_and_a_sentence()
    {
        Assert.All(Descriptions.Keys, key =>
        {
            var words = key.Split('.');
            if (words[0] == "*") return;
            var type = SchemaCatalog.Find(words[0] == "core" ? "" : words[0], words[1]);
            Assert.True(type is not null, $"{key}: there is no such type");
            Assert.True(words.Length == 2 || type.Find(words[2]) is not null, $"{key}: there is no such field");
            Assert.EndsWith(".", words.Length == 2 ? Descriptions.Of(type) : Descriptions.Of(type, words[2]), StringComparison.Ordinal);
        });
    }
}
