using System.Xml.Linq;
using Kube.Package;

namespace Kube.Module.Tests.Package;

public class PackageTests(InstalledPackage package) : IClassFixture<InstalledPackage>
{
    static string Golden => Path.Combine(ModuleSession.RepositoryRoot, "tests", "Kube.Module.Tests", "Package", "files.txt");

    static string Root => ModuleSession.RepositoryRoot;

    [Fact]
    public void It_holds_the_listed_files_and_no_other()
    {
        if (Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write") File.WriteAllText(Golden, string.Join('\n', package.Files) + "\n");

        Assert.Equal(File.ReadAllLines(Golden), package.Files);
    }

    [Fact]
    public void It_imports_where_it_was_installed_with_nobody_elses_assemblies()
    {
        // In a process of its own: this one has the module loaded from where the build lays it out.
        var (status, output) = InstalledPackage.Run("exec", typeof(ModuleCheck).Assembly.Location, "check", package.Path, Path.Combine(Root, "CHANGELOG.md"));

        Assert.Equal("", output);
        Assert.Equal(0, status);
    }

    [Fact]
    public void Its_description_is_the_manifests()
    {
        var manifest = InstalledPackage.Manifest;
        var metadata = XDocument.Load(Path.Combine(package.Path, "kube.nuspec")).Root!.Elements().Single();
        string Field(string name) => metadata.Elements().Single(field => field.Name.LocalName == name).Value.ReplaceLineEndings("\n");

        Assert.Equal(("Kube", manifest.Version, manifest.Author, manifest.Description), (Field("id"), Field("version"), Field("authors"), Field("description")));
        Assert.Equal(manifest.ReleaseNotes.ReplaceLineEndings("\n").Trim(), Field("releaseNotes").Trim());
        var tags = Field("tags").Split(' ');
        Assert.Subset(tags.ToHashSet(), new HashSet<string> { "PSModule", "PSEdition_Core", "PSIncludes_Cmdlet", "PSCmdlet_Get-KubePod", "PSCommand_Get-KubePod" });
        Assert.Equal(tags.Distinct(StringComparer.OrdinalIgnoreCase), tags);
    }
}
