using System.Management.Automation;

namespace Kube.Module.Running;

/// <summary>The words of a command as they were typed.</summary>
static class CommandWords
{
    /// <summary>Texts, the empty ones too; numbers as they stand on the command line; arrays in place.</summary>
    public static string[] Read(object?[] arguments) => [.. arguments.SelectMany(Words)];

    static IEnumerable<string> Words(object? argument) => argument switch
    {
        null => [""],
        // Only the wrapped number knows how it was typed: 1.0 would be 1.
        PSObject { BaseObject: object?[] array } => array.SelectMany(Words),
        object?[] array => array.SelectMany(Words),
        _ => [LanguagePrimitives.ConvertTo<string>(argument)],
    };
}
