using System.Text;

namespace Kube.Bench.Benchmarks;

/// <summary>Script modules that do nothing, with a view, a type and a number of functions: what an import costs in any case.</summary>
static class EmptyModule
{
    /// <summary>Writes one and returns the path of its manifest.</summary>
    public static string Write(Place place, string name, int functions)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Folder, "modules", name)).FullName;
        string Path_(string extension) => Path.Combine(folder, name + extension);
        var names = Enumerable.Range(1, functions).Select(number => $"Get-{name}{number}").ToArray();
        var script = new StringBuilder();
        foreach (var function in names) script.AppendLine($"function {function} {{ 'Running' }}");
        File.WriteAllText(Path_(".psm1"), script.ToString());
        File.WriteAllText(Path_(".Types.ps1xml"), $"""
            <Types><Type><Name>Bench.{name}</Name><Members><AliasProperty><Name>Other</Name><ReferencedMemberName>Name</ReferencedMemberName></AliasProperty></Members></Type></Types>
            """);
        File.WriteAllText(Path_(".Format.ps1xml"), $"""
            <Configuration><ViewDefinitions><View><Name>{name}</Name><ViewSelectedBy><TypeName>Bench.{name}</TypeName></ViewSelectedBy>
            <TableControl><TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>
            """);
        File.WriteAllText(Path_(".psd1"), $$"""
            @{
                RootModule        = '{{name}}.psm1'
                ModuleVersion     = '1.0.0'
                GUID              = '{{Guid.NewGuid()}}'
                TypesToProcess    = '{{name}}.Types.ps1xml'
                FormatsToProcess  = '{{name}}.Format.ps1xml'
                FunctionsToExport = @('{{string.Join("', '", names)}}')
                CmdletsToExport   = @()
                AliasesToExport   = @()
            }
            """);
        return Path_(".psd1");
    }
}
