using System.Net;
using System.Net.Sockets;

namespace Kube.Server.Cors;

/// <summary>Tells whether the value of an Origin header is one origin, <c>scheme://host[:port]</c>, as a browser writes it.</summary>
static class OriginHeader
{
    // A DNS name has at most 253 characters; no origin that a browser sends comes near this.
    const int MaxLength = 512;

    const string SubDelimiters = "!$&'()*+,;=";

    public static bool IsOrigin(string value)
    {
        if (value.Length is 0 or > MaxLength) return false;
        var separator = value.IndexOf("://", StringComparison.Ordinal);
        return separator > 0 && IsScheme(value.AsSpan(0, separator)) && IsAuthority(value.AsSpan(separator + 3));
    }

    static bool IsScheme(ReadOnlySpan<char> scheme)
    {
        if (!char.IsAsciiLetter(scheme[0])) return false;
        foreach (var c in scheme)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        return true;
    }

    static bool IsAuthority(ReadOnlySpan<char> authority)
    {
        if (authority.StartsWith('['))
        {
            var end = authority.IndexOf(']');
            return end > 0 && IsIPv6(authority[1..end]) && IsPort(authority[(end + 1)..]);
        }
        var colon = authority.IndexOf(':');
        var host = colon < 0 ? authority : authority[..colon];
        return IsHost(host) && IsPort(colon < 0 ? [] : authority[colon..]);
    }

    static bool IsIPv6(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept("0123456789abcdefABCDEF:.") < 0
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    // RFC 3986's reg-name without "*" and ",", which no host has and which would read as a wildcard or as a second origin.
    static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty) return false;
        foreach (var c in host)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~' or '%')
                && (c is '*' or ',' || !SubDelimiters.Contains(c))) return false;
        return true;
    }

    static bool IsPort(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text[0] != ':' || text.Length is < 2 or > 6 || text[1] == '0') return false;
        var port = 0;
        foreach (var c in text[1..])
        {
            if (!char.IsAsciiDigit(c)) return false;
            port = port * 10 + (c - '0');
        }
        return port <= 65535;
    }
}
