namespace Kube.Manifests;

/// <summary>Several faults as one exception: whoever mends a manifest wants to know them all.</summary>
static class ManifestFaults
{
    /// <summary>More than these are counted and not told.</summary>
    const int Told = 10;

    public static ManifestException Together(IReadOnlyList<ManifestException> faults)
    {
        var first = faults[0];
        if (faults.Count == 1)
            return first;
        var lines = faults.Take(Told).Select(f => f.Message).ToList();
        if (faults.Count > Told)
            lines.Add($"and {faults.Count - Told} more");
        return new(string.Join(Environment.NewLine, lines), first.InnerException)
        {
            Fault = first.Fault,
            Source = first.Source,
            Document = first.Document,
            Line = first.Line,
            Column = first.Column,
        };
    }
}
