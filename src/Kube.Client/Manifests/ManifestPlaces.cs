namespace Kube.Manifests;

/// <summary>Where the fields of one object are; it may be the item of a list somewhere in a document.</summary>
sealed record ManifestPlaces(YamlDocument Source, int Document, string Prefix = "")
{
    public ManifestPlaces Below(string path) => this with { Prefix = Join(path) };

    public (int Line, int Column)? Find(string path) => Source.Position(path.Length == 0 ? Prefix : Join(path));

    public FaultyPlace Fault(string path, string message)
    {
        var (line, column) = Find(path) ?? Find("") ?? (Source.Line, 1);
        return new(message, Document, line, column);
    }

    string Join(string path) => Prefix.Length == 0 ? path : $"{Prefix}.{path}";
}
