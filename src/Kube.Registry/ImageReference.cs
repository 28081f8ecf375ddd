namespace Kube.Registry;

/// <summary>An image's name, parsed as Docker parses it.</summary>
public sealed record ImageReference
{
    /// <summary>Reads a reference such as <c>nginx</c> or <c>ghcr.io/me/app:1.2@sha256:…</c>.</summary>
    /// <exception cref="FormatException">It is no valid reference; the message says why.</exception>
    public static ImageReference Parse(string text) => throw new NotImplementedException(text);
}
