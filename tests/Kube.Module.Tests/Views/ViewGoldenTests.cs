using System.Management.Automation;
using System.Text;
using System.Xml.Linq;

namespace Kube.Module.Tests.Views;

/// <summary>
/// Each type's views, as they look. Golden/TYPE.ps1 makes the objects, hard ones, and Golden/TYPE.txt is what a screen shows of them;
/// <c>KUBE_GOLDEN=write</c> writes that anew: read the difference before it is committed.
/// </summary>
[Collection(ViewCollection.Name)]
public sealed class ViewGoldenTests(ViewScreens screens) : IClassFixture<ViewScreens>
{
    static readonly string Folder = Path.Combine(ModuleSession.RepositoryRoot, "tests", "Kube.Module.Tests", "Views", "Golden");

    // Text, and values whose properties are not Kube's.
    static readonly HashSet<string> WithoutView = ["System.String", "System.Boolean", "System.Byte[]", "System.Byte", "System.Security.SecureString", "System.Collections.Specialized.OrderedDictionary"];

    // A line of text each.
    static readonly HashSet<string> AsText = ["Kube.KubeLogLine"];

    ViewSession Narrow => screens.Narrow;

    ViewSession Broad => screens.Broad;

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Folder, "*.ps1").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>The samples that are of one type, and named for it.</summary>
    public static TheoryData<string> Types => [.. Samples.Select(row => row.Data).Where(name => name.StartsWith("Kube", StringComparison.Ordinal))];

    [Fact]
    public void Every_type_that_a_cmdlet_writes_has_its_views_and_a_golden_file()
    {
        var types = Narrow.Get<CmdletInfo>("Get-Command -Module Kube").SelectMany(cmdlet => cmdlet.OutputType).Select(type => type.Name).Append("Kube.KubeWatchEvent").ToHashSet();
        var views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View")
            .Select(view => $"{view.Descendants("TypeName").Single().Value} {view.Element("Name")!.Value} {view.Elements().Last().Name}").ToList();

        Assert.Equal(views, views.Distinct());
        var wanted = types.Except(WithoutView).Except(AsText).SelectMany(type => new[] { $"{type} default TableControl", $"{type} wide TableControl", $"{type} default ListControl" })
            .Concat(AsText.Select(type => $"{type} default CustomControl"));
        Assert.Empty(wanted.Except(views));
        Assert.Empty(types.Except(WithoutView).Except(AsText).Select(type => type["Kube.".Length..]).Except(Samples.Select(row => row.Data)));
    }

    /// <summary>After objects of another type the engine uses no view; whatever has no default properties then shows all it has.</summary>
    [Theory, MemberData(nameof(Types))]
    public void What_comes_after_another_type_is_short(string name)
    {
        string[] items = Narrow.Show(Path.Combine(Folder, name + ".ps1"), "| & { begin { [version] '1.0' } process { $_ } }").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("Major", items[0], StringComparison.Ordinal);
        Assert.NotEmpty(items[1..]);
        Assert.All(items[1..], item => Assert.InRange(item.Split('\n').Count(line => line.Contains(" :", StringComparison.Ordinal)), 1, 6));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Views_look_as_they_did(string name)
    {
        string sample = Path.Combine(Folder, name + ".ps1"), path = Path.Combine(Folder, name + ".txt");
        var shown = new StringBuilder();
        void Section(string title, string text) => shown.Append("== ").Append(title).Append('\n').Append(text).Append('\n');
        Section("table, 80 columns", Narrow.Show(sample));
        Section("table, 160 columns", Broad.Show(sample));
        Section("wide, 80 columns", Narrow.Show(sample, "| Format-Table -View wide"));
        Section("wide, 160 columns", Broad.Show(sample, "| Format-Table -View wide"));
        Section("list, 80 columns", Narrow.Show(sample, "| Format-List"));
        Section("list, 80 columns, de-DE", Narrow.Show(sample, "| Format-List", "de-DE"));
        Section("table, 80 columns, coloured", Narrow.Show(sample, isColoured: true).Replace('\e', '␛'));
        Section("wide, 160 columns, coloured", Broad.Show(sample, "| Format-Table -View wide", isColoured: true).Replace('\e', '␛'));
        if (Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write") File.WriteAllText(path, shown.ToString());

        Assert.True(File.Exists(path), $"{name}.txt is missing: KUBE_GOLDEN=write makes it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), shown.ToString());
    }

    [Theory, MemberData(nameof(Types))]
    public void Tables_fit_show_every_column_and_know_no_culture(string name)
    {
        string sample = Path.Combine(Folder, name + ".ps1");
        var views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View")
            .Where(view => view.Descendants("TypeName").Single().Value == "Kube." + name && view.Element("Name")!.Value == "default").ToArray();
        var columns = views.Descendants("TableColumnHeader").Select(header => header.Element("Label")!.Value);
        // What is text first has a table for those who ask.
        string format = views[0].Element("TableControl") is null ? "| Format-Table" : "";
        foreach (var (screen, width) in new[] { (Narrow, 80), (Broad, 160) })
        {
            string table = screen.Show(sample, format);
            var lines = table.Split('\n');
            Assert.Equal(columns, lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.All(lines, line => Assert.True(ScreenWidth.Of(line) <= width, line));
            Assert.Equal(table, screen.Show(sample, format, "de-DE"));
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Colours_change_no_character_and_leave_none_behind(string name)
    {
        string sample = Path.Combine(Folder, name + ".ps1");
        string coloured = Narrow.Show(sample, isColoured: true);
        Assert.Equal(Narrow.Show(sample), string.Join('\n', System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", "").Split('\n').Select(line => line.TrimEnd())));
        Assert.All(coloured.Split('\n').Where(line => line.Contains('\e')), line => Assert.Equal("\e[0m", line[line.LastIndexOf('\e')..][..4]));
        Assert.DoesNotContain('\e', Narrow.Show(sample));
    }
}
