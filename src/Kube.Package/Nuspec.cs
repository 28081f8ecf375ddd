using System.Xml.Linq;

namespace Kube.Package;

/// <summary>A package's description, as PSResourceGet writes it for a module: the manifest's fields, and tags by which galleries find modules and commands.</summary>
static class Nuspec
{
    static readonly XNamespace Schema = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    public static XDocument Of(ModuleManifest manifest) => new(new XElement(Schema + "package",
        new XElement(Schema + "metadata",
            Field("id", ModuleManifest.Name),
            Field("version", manifest.Version),
            Field("authors", manifest.Author),
            Field("requireLicenseAcceptance", "false"),
            Field("description", manifest.Description),
            Field("releaseNotes", manifest.ReleaseNotes),
            Field("copyright", manifest.Copyright),
            Field("readme", "README.md"),
            Field("tags", string.Join(' ', Tags(manifest)))),
        // The folder as it is: a module has no lib/.
        new XElement(Schema + "files", new XElement(Schema + "file", new XAttribute("src", "**"), new XAttribute("target", "")))));

    internal static IEnumerable<string> Tags(ModuleManifest manifest) => new[] { "PSModule" }
        .Concat(manifest.Tags)
        .Concat(manifest.Editions.Select(edition => "PSEdition_" + edition))
        .Append("PSIncludes_Cmdlet")
        .Concat(manifest.Cmdlets.SelectMany(cmdlet => new[] { "PSCmdlet_" + cmdlet, "PSCommand_" + cmdlet }))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    static XElement Field(string name, string value) => new(Schema + name, value);
}
