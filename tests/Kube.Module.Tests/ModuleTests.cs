namespace Kube.Module.Tests;

public class ModuleTests
{
    [Fact]
    public void Importing_loads_no_assembly_of_anyone_elses()
    {
        using var session = new ModuleSession();

        var loaded = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(ModuleSession.ModulePath, StringComparison.Ordinal))
            .Select(assembly => assembly.GetName().Name);

        Assert.Subset(new HashSet<string?> { "Kube.Module", "Kube.Client", "Kube.Registry" }, loaded.ToHashSet());
    }
}
