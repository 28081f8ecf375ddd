namespace Kube.Manifests;

/// <summary>One thing that is wrong, before the source is named. The message gives no value out of the manifest: it may be a secret.</summary>
readonly record struct FaultyPlace(string Message, int? Document = null, int? Line = null, int? Column = null)
{
    public static FaultyPlace Of(ManifestException e) => new(e.Message, e.Document, e.Line, e.Column);

    /// <summary>The fault as an exception whose message names the source, the document, the line and the column.</summary>
    public ManifestException In(string source, Exception? inner = null) =>
        new(Sentence(source), inner) { Source = source, Document = Document, Line = Line, Column = Column };

    public string Sentence(string source)
    {
        var document = Document is null ? "" : $", document {Document}";
        var place = Line is null ? "" : $", line {Line}, column {Column}";
        return $"{source}{document}{place}: {Message}";
    }
}
