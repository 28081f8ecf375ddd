using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using System.Text;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class YamlProviderTests
{
    [Fact]
    public void Kube_Yaml_is_loaded_on_first_use_into_a_context_of_its_own()
    {
        var yaml = YamlProvider.Current;

        var context = AssemblyLoadContext.GetLoadContext(yaml.GetType().Assembly);
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.Same(yaml, YamlProvider.Current);
        Assert.Equal("""{"a":420}""", Encoding.UTF8.GetString(Assert.Single(yaml.ToJson("a: 0644")).Json.Span));
    }

    [Fact]
    public void Another_YamlDotNet_in_the_session_does_not_matter()
    {
        var foreign = new PersistedAssemblyBuilder(new AssemblyName("YamlDotNet") { Version = new Version(99, 0, 0, 0) }, typeof(object).Assembly);
        foreign.DefineDynamicModule("YamlDotNet").DefineType("YamlDotNet.Core.Parser", TypeAttributes.Public).CreateType();
        using var image = new MemoryStream();
        foreign.Save(image);
        image.Position = 0;
        AssemblyLoadContext.Default.LoadFromStream(image);

        var yaml = YamlLoadContext.Load(YamlProvider.BesideThisAssembly);

        Assert.Equal("a: \"yes\"\n", yaml.FromJson("""{"a":"yes"}"""u8));
        Assert.Equal("""{"a":true}""", Encoding.UTF8.GetString(yaml.ToJson("a: yes")[0].Json.Span));
        var loaded = AssemblyLoadContext.GetLoadContext(yaml.GetType().Assembly)!.Assemblies.Single(a => a.GetName().Name == "YamlDotNet");
        Assert.NotEqual(99, loaded.GetName().Version!.Major);
    }

    [Fact]
    public void A_fault_in_the_YAML_is_the_same_exception_on_both_sides()
    {
        var fault = Assert.Throws<ManifestException>(() => YamlProvider.Current.ToJson("a: 1\na: 2"));
        Assert.Equal((2, 1), (fault.Line, fault.Column));
    }

    [Fact]
    public void A_missing_folder_is_said_with_its_name()
    {
        var folder = Path.Combine(Path.GetTempPath(), "kube-no-such-folder");
        var fault = Assert.Throws<ManifestException>(() => YamlLoadContext.Load(folder));
        Assert.Contains(folder, fault.Message);
    }

    [Fact]
    public void What_is_no_assembly_is_said_to_belong_to_another_version()
    {
        var folder = Directory.CreateTempSubdirectory("kube-yaml-").FullName;
        File.WriteAllText(Path.Combine(folder, "Kube.Yaml.dll"), "no assembly");
        try
        {
            var fault = Assert.Throws<ManifestException>(() => YamlLoadContext.Load(folder));
            Assert.Contains("does not belong to this version of Kube; install the module again", fault.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void No_type_of_a_YAML_library_is_in_a_signature() =>
        Assert.DoesNotContain(typeof(YamlProvider).Assembly.GetReferencedAssemblies(), a => a.Name!.Contains("Yaml", StringComparison.OrdinalIgnoreCase));
}
