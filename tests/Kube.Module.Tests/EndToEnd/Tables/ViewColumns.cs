using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>What the columns of the module's widest view of a type hold.</summary>
sealed class ViewColumns(ModuleSession session, string type)
{
    const char Separator = '\u001f';

    readonly (string Label, string Script)[] _columns = Read(type);

    /// <summary>For each document what stands under each label, without colours.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Of(IEnumerable<JsonObject> documents)
    {
        var cells = string.Join("; ", _columns.Select(column => $"[string]$({column.Script})"));
        var rows = session.Run($$"""
            foreach ($json in $args[0]) {
                [Kube.KubeObject]::Parse([Text.Encoding]::UTF8.GetBytes($json)) | ForEach-Object { @({{cells}}) -join [char]{{(int)Separator}} }
            }
            """, [documents.Select(document => document.ToJsonString()).ToArray()]);
        Assert.Empty(session.Errors);
        return [.. rows.Select(row => row.ToString().Split(Separator)).Select(texts => _columns.Zip(texts).ToDictionary(pair => pair.First.Label, pair => Plain(pair.Second)))];
    }

    static (string, string)[] Read(string type)
    {
        var view = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View")
            .Last(view => view.Element("TableControl") is not null && view.Descendants("TypeName").Any(name => name.Value == type));
        return [.. view.Descendants("TableColumnHeader").Zip(view.Descendants("TableColumnItem")).Select(pair => (
            (string)pair.First.Element("Label")!,
            pair.Second.Element("ScriptBlock")?.Value ?? "$_." + pair.Second.Element("PropertyName")!.Value))];
    }

    static string Plain(string text) => Regex.Replace(text, "\e\\[[0-9;]*m", "").TrimEnd();
}
