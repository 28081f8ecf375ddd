namespace Kube.Module.Tests.Views;

/// <summary>A screen, and in its session what the samples of the golden files are made with.</summary>
public sealed class ViewSession : IDisposable
{
    readonly ModuleSession _session;

    public ViewSession(int width)
    {
        _session = new(width);
        _session.Run("Import-Module -Assembly $args[0]", typeof(FormatTableCommand).Assembly);
        _session.Run("""
            # An object of its JSON, in which ' stands for ".
            function global:doc([string] $json) { [Kube.KubeObject]::Parse([Text.Encoding]::UTF8.GetBytes($json.Replace("'", '"'))) }
            # A time so long ago, as a document has it. Lists show times, not ages: for them the present is the same on every day and in every time zone.
            function global:ago([string] $time) { ($global:Present - [timespan]::Parse($time)).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') }
            """);
        Assert.Empty(_session.Errors);
    }

    /// <summary>What a sample shows, a line feed after each line, without the blank lines around it and the blanks at the ends of lines.</summary>
    public string Show(string sample, string format = "", string culture = "en-US", bool isColoured = false)
    {
        bool isList = format.Contains("List", StringComparison.Ordinal);
        _session.Run("$global:Present, $PSStyle.OutputRendering = $args", isList ? new DateTime(2026, 1, 31, 13, 5, 9, DateTimeKind.Local) : DateTime.Now, isColoured ? "Ansi" : "PlainText");
        // All are there before the first is shown: the engine measures the columns of those that come within 0.3 s.
        string shown = _session.Show($"[cultureinfo]::CurrentCulture = '{culture}'; $ErrorActionPreference = 'Stop'; $shown = @(. '{sample}'); $shown {format}");
        Assert.Empty(_session.Errors);
        _session.Run("$PSStyle.OutputRendering = 'PlainText'");
        return string.Join('\n', shown.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n') + "\n";
    }

    /// <summary>What a script writes, as one text.</summary>
    public string Text(string script, params object?[] arguments) => string.Join(' ', _session.Run(script, arguments));

    public IEnumerable<T> Get<T>(string script) => _session.Run(script).Select(item => (T)item.BaseObject);

    public void Dispose() => _session.Dispose();
}

/// <summary>The screens that the golden files are of.</summary>
public sealed class ViewScreens : IDisposable
{
    /// <summary>80 columns.</summary>
    public ViewSession Narrow { get; } = new(80);

    /// <summary>160 columns.</summary>
    public ViewSession Broad { get; } = new(160);

    public void Dispose()
    {
        Narrow.Dispose();
        Broad.Dispose();
    }
}
