using System.Text;

namespace Kube.Shell.Commands;

/// <summary>Encodings by PowerShell's names.</summary>
static class TextEncoding
{
    public static Encoding Named(string name) => name.ToLowerInvariant() switch
    {
        "utf8bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        "unicode" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "ascii" => Encoding.ASCII,
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };
}
