using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Kube.Shell.Commands;

/// <summary>The engine formats tables and lists itself; only the cmdlets that ask it to are missing, and the way to ask is not public.</summary>
static class EngineFormatting
{
    const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Makes a cmdlet one that turns objects into a shape of the engine's: Table or List.</summary>
    public static void FormatAs(FrontEndCommandBase cmdlet, string shape) =>
        Implement(cmdlet, Activator.CreateInstance(Named("InnerFormatShapeCommand"), All, null, [Enum.Parse(Named("FormatShape"), shape)], null)!);

    /// <summary>Makes a cmdlet one that writes what would be on the screen.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="writer">Where it writes.</param>
    /// <param name="width">The cells of a line.</param>
    public static void WriteTo(FrontEndCommandBase cmdlet, TextWriter writer, int width)
    {
        var output = Activator.CreateInstance(Named("OutputManagerInner"), nonPublic: true)!;
        var lines = Activator.CreateInstance(Named("TextWriterLineOutput"), All, null, [writer, width], null)!;
        output.GetType().GetProperty("LineOutput", All)!.SetValue(output, lines);
        Implement(cmdlet, output);
    }

    /// <summary>Makes the views of the session that a cmdlet runs in those that its state names.</summary>
    public static void Reload(PSCmdlet cmdlet)
    {
        var context = typeof(System.Management.Automation.Internal.InternalCommand).GetProperty("Context", All)!.GetValue(cmdlet)!;
        var session = context.GetType().GetProperty("InitialSessionState", All)!.GetValue(context)!;
        session.GetType().GetMethod("UpdateFormats", All)!.Invoke(session, [context, false]);
    }

    /// <summary>An object that the engine shows as it shows a type of PowerShell's that is missing here.</summary>
    public static PSObject Show(object value, string typeName)
    {
        var shown = new PSObject(value);
        shown.TypeNames.Insert(0, typeName);
        return shown;
    }

    /// <summary>An error that Out-Default takes for one: for standard error, where any object would go to standard output.</summary>
    public static PSObject AsError(ErrorRecord error)
    {
        var shown = new PSObject(error);
        var stream = typeof(PSObject).GetProperty("WriteStream", All)!;
        stream.SetValue(shown, Enum.Parse(stream.PropertyType, "Error"));
        return shown;
    }

    static void Implement(FrontEndCommandBase cmdlet, object implementation) => typeof(FrontEndCommandBase).GetField("implementation", All)!.SetValue(cmdlet, implementation);

    static Type Named(string name) => typeof(PSObject).Assembly.GetType("Microsoft.PowerShell.Commands.Internal.Format." + name, throwOnError: true)!;
}
