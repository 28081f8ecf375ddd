using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kube.Server.Custom;

/// <summary>The formats of texts that Kubernetes checks. Others are taken as they are, as there.</summary>
static partial class TextFormats
{
    static readonly string[] Times =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    public static bool IsValid(string format, string text) => format.Replace("-", "", StringComparison.Ordinal) switch
    {
        "datetime" => DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => Duration().IsMatch(text),
        "email" => MailAddress.TryCreate(text, out _),
        "uri" => Uri().IsMatch(text),
        "hostname" => text.Length <= 255 && HostName().IsMatch(text),
        "ipv4" => IsAddress(text, AddressFamily.InterNetwork) && text.Count(c => c == '.') == 3,
        "ipv6" => IsAddress(text, AddressFamily.InterNetworkV6),
        "cidr" => text.Split('/') is [var address, var length] && IPAddress.TryParse(address, out var parsed) &&
            byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= (parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128),
        "mac" => Mac().IsMatch(text),
        "byte" => Base64().IsMatch(text),
        "uuid" => Uuid().IsMatch(text),
        "uuid3" => Uuid().IsMatch(text) && text.Replace("-", "", StringComparison.Ordinal)[12] == '3',
        "uuid4" => Uuid().IsMatch(text) && text.Replace("-", "", StringComparison.Ordinal) is var plain && plain[12] == '4' && "89abAB".Contains(plain[16]),
        "uuid5" => Uuid().IsMatch(text) && text.Replace("-", "", StringComparison.Ordinal) is var plain && plain[12] == '5' && "89abAB".Contains(plain[16]),
        "bsonobjectid" => ObjectId().IsMatch(text),
        "hexcolor" => HexColor().IsMatch(text),
        "rgbcolor" => RgbColor().IsMatch(text),
        "ssn" => SocialSecurity().IsMatch(text),
        "isbn" => IsIsbn(text, 10) || IsIsbn(text, 13),
        "isbn10" => IsIsbn(text, 10),
        "isbn13" => IsIsbn(text, 13),
        "creditcard" => IsCard(text),
        _ => true,
    };

    static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family && !text.Contains('%');

    static bool IsIsbn(string text, int length)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != length || !digits[..^1].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(digits[^1]) || (length == 10 && digits[^1] == 'X')))
            return false;
        var sum = 0;
        for (var i = 0; i < length; i++)
            sum += (digits[i] == 'X' ? 10 : digits[i] - '0') * (length == 10 ? 10 - i : i % 2 == 0 ? 1 : 3);
        return sum % (length == 10 ? 11 : 10) == 0;
    }

    static bool IsCard(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (digits.Length is < 13 or > 19)
            return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?\s*(ns|nanos?(econds?)?|us|µs|μs|micros?(econds?)?|ms|millis?(econds?)?|s|secs?|seconds?|m|mins?|minutes?|h|hr|hours?|d|days?|w|weeks?)\s*)+\z")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9+.-]*:|/)[^\s\x00-\x1f]*\z")]
    private static partial Regex Uri();

    [GeneratedRegex(@"^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])(\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]))*\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^([0-9a-fA-F]{2}([:-])[0-9a-fA-F]{2}(\2[0-9a-fA-F]{2}){4}((\2[0-9a-fA-F]{2}){2})?|([0-9a-fA-F]{4}\.){2,3}[0-9a-fA-F]{4})\z")]
    private static partial Regex Mac();

    [GeneratedRegex(@"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\z")]
    private static partial Regex Base64();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\z")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^[0-9a-fA-F]{24}\z")]
    private static partial Regex ObjectId();

    [GeneratedRegex(@"^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z")]
    private static partial Regex HexColor();

    [GeneratedRegex(@"^rgb\(\s*(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])\s*(,\s*(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])\s*){2}\)\z")]
    private static partial Regex RgbColor();

    [GeneratedRegex(@"^\d{3}[- ]?\d{2}[- ]?\d{4}\z")]
    private static partial Regex SocialSecurity();
}
