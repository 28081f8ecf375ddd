namespace Kube.Module.Copying;

/// <summary>A path in a pod, as docker and kubectl write it: <c>POD:PATH</c> or <c>NAMESPACE/POD:PATH</c>.</summary>
/// <param name="Namespace">The namespace; null: not named.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Path">The path in the container; a relative one begins at its working folder.</param>
sealed record PodPath(string? Namespace, string Pod, string Path)
{
    /// <summary>Reads it; null where the text is a path of this machine.</summary>
    public static PodPath? Parse(string text)
    {
        var colon = text.IndexOf(':');
        // One letter and a colon is a drive, a colon behind a slash or a dot part of a local path.
        if (colon < 2 || colon == text.Length - 1 || text[0] is '.' or '/' or '\\' or '~') return null;
        return text[..colon].Split('/') switch
        {
            [var pod] when IsName(pod) => new PodPath(null, pod, text[(colon + 1)..]),
            [var @namespace, var pod] when IsName(@namespace) && IsName(pod) => new PodPath(@namespace, pod, text[(colon + 1)..]),
            _ => null,
        };
    }

    // What Kubernetes takes for a name; drives of PowerShell (HKLM:, Temp:) with capital letters are none.
    static bool IsName(string text) => text.Length > 0 && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '.');
}
