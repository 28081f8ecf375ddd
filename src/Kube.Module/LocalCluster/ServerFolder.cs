using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

/// <summary>The folder of a server that was started in the background, whether or not it is there, and what its files tell.</summary>
/// <param name="kind">The folder that those of its kind are in.</param>
/// <param name="name">The server's name, and that of the folder.</param>
/// <param name="status">How its status is read.</param>
abstract class ServerFolder<TStatus>(string kind, string name, JsonTypeInfo<TStatus> status) where TStatus : ServerStatus
{
    public string Name => name;

    public string Path { get; } = System.IO.Path.Combine(DataFolder.Path, kind, name);

    public string KubeConfigPath => System.IO.Path.Combine(Path, "kubeconfig");

    public string LogPath => System.IO.Path.Combine(Path, "kube-server.log");

    /// <summary>Where the server tells of itself.</summary>
    private protected virtual string StatusPath => KubeConfigPath + ".status.json";

    /// <summary>The settings of the last start, for the next one that names none.</summary>
    string SettingsPath => System.IO.Path.Combine(Path, "settings.json");

    /// <summary>The flags that it was last started with; null where it never was, or keeps none.</summary>
    public string[]? ReadSettings() => File.Exists(SettingsPath) ? JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(SettingsPath)) : null;

    /// <summary>Keeps the flags that it was started with.</summary>
    private protected void WriteSettings(string[] settings) => File.WriteAllBytes(SettingsPath, JsonSerializer.SerializeToUtf8Bytes(settings));

    /// <summary>What the server tells of itself; null when none runs or has run.</summary>
    public TStatus? ReadStatus()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StatusPath), status);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The names of all that there are of a kind.</summary>
    private protected static IEnumerable<string> Names(string kind) => System.IO.Path.Combine(DataFolder.Path, kind) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Those that are meant by a name or wildcard, as people type it: never a folder that is none of Kube's.</summary>
    /// <exception cref="KubeCmdletException">A plain name is nobody's.</exception>
    private protected static T[] Find<T>(IEnumerable<T> all, string name, ErrorDefinition unknown, string what) where T : ServerFolder<TStatus>
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        var found = all.Where(folder => pattern.IsMatch(folder.Name)).ToArray();
        return found.Length > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? found
            : throw new KubeCmdletException(unknown, $"There is no {what} '{name}'.") { Target = name };
    }
}
