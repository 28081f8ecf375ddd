using System.Management.Automation;

namespace Kube.Module.Views;

/// <summary>Colours on a terminal. Where output is plain, or goes to a file of PowerShell's, the engine takes them out again.</summary>
static class Colour
{
    // $PSStyle is of PowerShell 7.2 and later, and not in the library that the module is compiled against.
    static readonly object? Style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance")?.GetValue(null);
    static readonly Func<string?>? Rendering = Style?.GetType().GetProperty("OutputRendering") is { } property ? () => property.GetValue(Style)?.ToString() : null;

    /// <summary>
    /// Whether to colour. pwsh on Linux and macOS leaves colours in a standard output that is redirected; there they are written only for one who asks for
    /// them (<c>$PSStyle.OutputRendering = 'Ansi'</c>).
    /// </summary>
    static bool IsOn => !Console.IsOutputRedirected || Rendering?.Invoke() == "Ansi";

    /// <summary>A text in the colour of its severity.</summary>
    public static string Paint(string? text, Severity severity) => severity switch
    {
        _ when string.IsNullOrEmpty(text) => "",
        Severity.Calm => text,
        _ when !IsOn => text,
        Severity.Trouble => $"\e[31m{text}\e[0m",
        Severity.Caution => $"\e[33m{text}\e[0m",
        _ => $"\e[2m{text}\e[0m",
    };
}
