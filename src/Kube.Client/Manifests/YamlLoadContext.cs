using System.Reflection;
using System.Runtime.Loader;

namespace Kube.Manifests;

/// <summary>
/// Where Kube.Yaml and its YamlDotNet live: apart from every other YamlDotNet in the process. Kube.Client is the one already loaded, so
/// that both sides mean the same <see cref="IYaml"/>.
/// </summary>
sealed class YamlLoadContext(string folder) : AssemblyLoadContext("Kube.Yaml")
{
    const string Implementation = "Kube.Yaml.KubeYaml";

    /// <summary>Loads Kube.Yaml out of a folder.</summary>
    /// <exception cref="ManifestException">It is not there, or cannot be loaded.</exception>
    public static IYaml Load(string folder)
    {
        var path = Path.Combine(folder, "Kube.Yaml.dll");
        if (!File.Exists(path))
            throw new ManifestException($"YAML cannot be read: \"{path}\" is missing; install the module again, or give JSON");
        try
        {
            var type = new YamlLoadContext(folder).LoadFromAssemblyPath(path).GetType(Implementation, throwOnError: true)!;
            return (IYaml)Activator.CreateInstance(type)!;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or InvalidCastException or MissingMethodException)
        {
            throw new ManifestException($"YAML cannot be read: \"{path}\" does not belong to this version of Kube; install the module again", e);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name)
    {
        var client = typeof(IYaml).Assembly;
        if (name.Name == client.GetName().Name)
            return client;
        var path = Path.Combine(folder, name.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
