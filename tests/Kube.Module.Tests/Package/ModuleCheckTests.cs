using Kube.Package;

namespace Kube.Module.Tests.Package;

public sealed class ModuleCheckTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-check-").FullName;

    static string Changelog => File.ReadAllText(Path.Combine(ModuleSession.RepositoryRoot, "CHANGELOG.md"));

    [Fact]
    public void A_file_that_the_manifest_names_must_be_there()
    {
        var manifest = Copy();

        Assert.Equal(manifest.Files.Select(file => $"{file} is named in the manifest and not there."), ModuleCheck.Faults(_folder, Changelog));
    }

    [Theory]
    [InlineData("## [0.0.1]\n\n- Other", "CHANGELOG.md has no section [")]
    [InlineData("## [VERSION] - 2026-01-01\n\n- Other", "differ")]
    public void The_changelog_must_say_what_the_manifest_says(string changelog, string expected)
    {
        var manifest = Copy();
        foreach (var file in manifest.Files.Distinct()) File.Copy(Path.Combine(ModuleSession.ModulePath, file), Path.Combine(_folder, file));

        Assert.Contains(ModuleCheck.Faults(_folder, changelog.Replace("VERSION", manifest.Version)), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@{ ModuleVersion = '1.0.0'", "Kube.psd1(1)")]
    [InlineData("'text'", "holds no hashtable")]
    public void A_manifest_that_is_none_is_refused(string text, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, ModuleManifest.FileName), text);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ModuleManifest.Read(_folder)).Message);
    }

    [Theory]
    [InlineData("# C\n\n## [1.0.0] - 2026-01-01\n\n- One\n\n## [0.9.0]\n\n- Two\n", "1.0.0", "- One")]
    [InlineData("## [1.0.0]\r\n\r\n### Added\r\n\r\n- One\r\n", "1.0.0", "### Added\n\n- One")]
    [InlineData("## [1.0.0]\n\n- One\n", "1.0", null)]
    [InlineData("", "1.0.0", null)]
    public void A_section_goes_to_the_next_version(string text, string version, string? expected) => Assert.Equal(expected, Kube.Package.Changelog.Section(text, version));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    ModuleManifest Copy()
    {
        File.Copy(Path.Combine(ModuleSession.RepositoryRoot, ModuleManifest.FileName), Path.Combine(_folder, ModuleManifest.FileName));
        return ModuleManifest.Read(_folder);
    }
}
