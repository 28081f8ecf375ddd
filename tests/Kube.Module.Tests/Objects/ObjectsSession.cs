using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Kube.Module.Tests.Objects;

/// <summary>One session for the tests of a class: <c>doc</c> makes an object of JSON, in which ' stands for ".</summary>
public sealed class ObjectsSession : IDisposable
{
    readonly ModuleSession _session = new();

    public ObjectsSession() => _session.Run("""
        function global:doc([string] $json) { [Kube.KubeObject]::Parse([Text.Encoding]::UTF8.GetBytes($json.Replace("'", '"'))) }
        function global:map([string] $json) { [Kube.KubeMap]::Parse([Text.Encoding]::UTF8.GetBytes($json.Replace("'", '"'))) }
        # Completion of members sorts them with a cmdlet that the engine alone lacks.
        New-Module -Name Microsoft.PowerShell.Utility { function Sort-Object { param($Property) $input } } | Import-Module
        """);

    /// <summary>The properties that Tab offers for what is typed.</summary>
    public IEnumerable<string> Complete(string typed) =>
        Text("(TabExpansion2 $args[0] $args[0].Length).CompletionMatches | Where-Object ResultType -eq Property | ForEach-Object ListItemText", typed).Split(' ').Order();

    /// <summary>Runs a script and returns what it writes as text, joined by spaces; nothing may go wrong.</summary>
    public string Text(string script, params object?[] arguments)
    {
        var output = _session.Run(script, arguments);
        Assert.Empty(_session.Errors);
        return string.Join(' ', output.Select(item => item is null ? "null" : Convert.ToString(item.BaseObject, CultureInfo.InvariantCulture)));
    }

    public PSObject One(string script, params object?[] arguments) => _session.RunForOne(script, arguments);

    /// <summary>What a script shows on a screen 80 columns wide, without colours: whether there are any is a setting of the whole process.</summary>
    public string Show(string script, params object?[] arguments)
    {
        string shown = _session.Show(script, arguments);
        Assert.Empty(_session.Errors);
        return Regex.Replace(shown, "\e\\[[0-9;]*m", "");
    }

    /// <summary>The message of the error that a script ends in or writes.</summary>
    public string Error(string script, params object?[] arguments)
    {
        try
        {
            _session.Run(script, arguments);
        }
        catch (RuntimeException e)
        {
            return e.Message;
        }
        return Assert.Single(_session.Errors).ToString();
    }

    public void Dispose() => _session.Dispose();
}
