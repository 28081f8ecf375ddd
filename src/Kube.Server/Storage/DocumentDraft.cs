using System.Buffers.Text;

namespace Kube.Server.Storage;

/// <summary>
/// A document that still lacks its resourceVersion, which only the writer knows. Every stored document has one layout,
/// <c>{"kind":…,"apiVersion":…,"metadata":{"resourceVersion":"N"</c> and then the rest, so that stamping is three copies.
/// </summary>
/// <param name="Prefix">All bytes up to the number; the same for every object of a kind.</param>
/// <param name="Tail">All bytes after the number.</param>
readonly record struct DocumentDraft(byte[] Prefix, ReadOnlyMemory<byte> Tail)
{
    const int LongestRevision = 20;

    /// <summary>Marks the end of a prefix. Its first occurrence in a document is the one in the metadata, as nothing of a user's stands before it.</summary>
    public static ReadOnlySpan<byte> Slot => "\"metadata\":{\"resourceVersion\":\""u8;

    public byte[] Stamp(long revision)
    {
        Span<byte> digits = stackalloc byte[LongestRevision];
        Utf8Formatter.TryFormat(revision, digits, out var length);
        var document = new byte[Prefix.Length + length + Tail.Length];
        Prefix.CopyTo(document, 0);
        digits[..length].CopyTo(document.AsSpan(Prefix.Length));
        Tail.Span.CopyTo(document.AsSpan(Prefix.Length + length));
        return document;
    }
}
