using System.Globalization;

namespace Kube.Module.Forwarding;

/// <summary>A local port and the one that it leads to.</summary>
/// <param name="Local">The local port; 0: any.</param>
/// <param name="Remote">The far port.</param>
readonly record struct PortPair(int Local, int Remote)
{
    /// <summary>Reads <c>80</c>, <c>8080:80</c> or <c>:80</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PortPair Parse(string text)
    {
        var parts = text.Split(':');
        if (parts is [var both] && Number(both, 1) is { } same) return new PortPair(same, same);
        if (parts is [var local, var remote] && (local.Length == 0 ? 0 : Number(local, 0)) is { } from && Number(remote, 1) is { } to) return new PortPair(from, to);
        throw new FormatException($"'{text}' is no port: 80, 8080:80 (local, remote) or :80 (any local port) is expected.");
    }

    static int? Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 65535 ? number : null;
}
