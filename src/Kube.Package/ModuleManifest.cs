using System.Collections;
using System.Management.Automation.Language;

namespace Kube.Package;

/// <summary>What <c>Kube.psd1</c> says.</summary>
sealed class ModuleManifest(Hashtable fields)
{
    public const string FileName = "Kube.psd1";

    readonly Hashtable _data = (Hashtable)((Hashtable)fields["PrivateData"]!)["PSData"]!;

    public static string Name => Path.GetFileNameWithoutExtension(FileName);

    public string Version => Text("ModuleVersion");

    public string Author => Text("Author");

    public string Copyright => Text("Copyright");

    public string Description => Text("Description");

    public string ReleaseNotes => (string)(_data["ReleaseNotes"] ?? "");

    public IReadOnlyList<string> Tags => List(_data["Tags"]);

    public IReadOnlyList<string> Editions => List(fields["CompatiblePSEditions"]);

    public IReadOnlyList<string> Cmdlets => List(fields["CmdletsToExport"]);

    /// <summary>The files that importing needs.</summary>
    public IReadOnlyList<string> Files => [Text("RootModule"), .. List(fields["RequiredAssemblies"]), .. List(fields["FormatsToProcess"]), .. List(fields["TypesToProcess"])];

    /// <summary>Reads the manifest in a module's folder. Nothing in it is run.</summary>
    /// <exception cref="InvalidDataException">It is no data file.</exception>
    public static ModuleManifest Read(string module)
    {
        var path = Path.Combine(module, FileName);
        var script = Parser.ParseFile(Path.GetFullPath(path), out _, out var errors);
        if (errors.Length > 0) throw new InvalidDataException($"{path}({errors[0].Extent.StartLineNumber}): {errors[0].Message}");
        return script.Find(part => part is HashtableAst, searchNestedScriptBlocks: false) is HashtableAst table
            ? new ModuleManifest((Hashtable)table.SafeGetValue()) : throw new InvalidDataException($"{path} holds no hashtable.");
    }

    string Text(string field) => (string)(fields[field] ?? throw new InvalidDataException($"{field} is missing in the manifest."));

    static IReadOnlyList<string> List(object? value) => value switch
    {
        null => [],
        string one => [one],
        _ => [.. ((IEnumerable)value).Cast<object>().Select(item => (string)item)],
    };
}
