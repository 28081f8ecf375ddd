using System.Runtime.Loader;

namespace Kube.Module.Tests;

public class ModuleTests
{
    [Fact]
    public void Importing_loads_no_assembly_of_anyone_elses()
    {
        using var session = new ModuleSession();

        var loaded = AssemblyLoadContext.Default.Assemblies
            .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(ModuleSession.ModulePath, StringComparison.Ordinal))
            .Select(assembly => assembly.GetName().Name);

        Assert.Subset(new HashSet<string?> { "Kube.Module", "Kube.Client", "Kube.Registry" }, loaded.ToHashSet());
    }

    [Fact]
    public void YAML_is_read_and_written_apart_from_the_session()
    {
        using var session = new ModuleSession();

        var yaml = session.Run("@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a' }; data = @{ mode = '0644' } } | ConvertTo-KubeYaml");

        Assert.Contains("mode: \"0644\"", string.Join('\n', yaml));
        Assert.Equal(3, Assert.Single(session.Run("[Kube.Manifests.YamlProvider]::Current.ToJson(\"# first`n---`nmode: 0644\").Line")).BaseObject);
        var apart = Assert.Single(AssemblyLoadContext.All, context => context.Name == "Kube.Yaml");
        Assert.Equal(["Kube.Yaml", "YamlDotNet"], apart.Assemblies.Select(assembly => assembly.GetName().Name).Order());
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "Kube.Yaml" or "YamlDotNet");
    }
}
