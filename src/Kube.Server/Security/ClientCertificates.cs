using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Server.Security;

/// <summary>Who a client certificate names: its common name is the user, its organizations are the groups.</summary>
static class ClientCertificates
{
    const string CommonName = "2.5.4.3";
    const string Organization = "2.5.4.10";

    /// <returns>Null when it has no common name.</returns>
    public static RequestUser? UserOf(X509Certificate2 certificate)
    {
        string? name = null;
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (part.HasMultipleElements)
                Read(part.RawData.Span, ref name, groups);
            else
                Add(part.GetSingleElementType().Value, part.GetSingleElementValue(), ref name, groups);
        }
        return string.IsNullOrEmpty(name) ? null : new RequestUser(name, [.. groups, RequestUser.Authenticated]);
    }

    // "O=a + O=b" in one element of the name, as Go's library writes several organizations.
    static void Read(ReadOnlySpan<byte> set, ref string? name, List<string> groups)
    {
        var reader = new AsnReader(set.ToArray(), AsnEncodingRules.DER).ReadSetOf();
        while (reader.HasData)
        {
            var pair = reader.ReadSequence();
            var type = pair.ReadObjectIdentifier();
            Add(type, pair.ReadCharacterString((UniversalTagNumber)pair.PeekTag().TagValue), ref name, groups);
        }
    }

    static void Add(string? type, string? value, ref string? name, List<string> groups)
    {
        if (value is null) return;
        if (type == CommonName) name = value;
        else if (type == Organization) groups.Add(value);
    }
}
