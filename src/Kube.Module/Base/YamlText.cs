using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>YAML or JSON that somebody has typed, and that is no manifest.</summary>
static class YamlText
{
    /// <summary>Its documents.</summary>
    /// <exception cref="ManifestException">It cannot be read; the message begins with the line and the column.</exception>
    public static IReadOnlyList<YamlDocument> Read(string text)
    {
        try
        {
            return YamlProvider.Current.ToJson(text);
        }
        catch (ManifestException exception) when (exception.Line is not null)
        {
            throw new ManifestException($"line {exception.Line}, column {exception.Column}: {exception.Message}", exception) { Document = exception.Document, Line = exception.Line, Column = exception.Column };
        }
    }
}
