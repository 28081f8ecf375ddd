using System.Globalization;
using System.Numerics;

namespace Kube;

/// <summary>
/// An amount with a suffix, as Kubernetes counts CPU and memory (<c>500m</c>, <c>1.5Gi</c>, <c>1e3</c>): exact down to a billionth, finer amounts are rounded up.
/// </summary>
public readonly record struct KubeQuantity : IComparable<KubeQuantity>
{
    const int Scale = 9;
    static readonly BigInteger One = BigInteger.Pow(10, Scale);
    static readonly BigInteger Largest = (BigInteger)decimal.MaxValue * One;
    static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    enum Notation
    {
        Decimal,
        Binary,
        Exponent,
    }

    BigInteger Nanos { get; init; }

    Notation Format { get; init; }

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Nanos.Sign;

    /// <summary>Whether it is a whole number.</summary>
    public bool IsWhole => (Nanos % One).IsZero;

    /// <summary>The amount as a number: cores, bytes. Null where it is beyond a decimal's.</summary>
    public decimal? Value => BigInteger.Abs(Nanos) <= Largest ? (decimal)(Nanos / One) + (decimal)(Nanos % One) / (decimal)One : null;

    /// <summary>Reads an amount as a document has it.</summary>
    /// <param name="text">Such as <c>250m</c>.</param>
    /// <param name="quantity">The amount.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryParse(string text, out KubeQuantity quantity)
    {
        quantity = default;
        var end = 0;
        if (end < text.Length && text[end] is '+' or '-')
            end++;
        var digits = end;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        var number = text[digits..end];
        if (number.Count(c => c == '.') > 1 || !number.Any(char.IsAsciiDigit) || !TrySuffix(text[end..], out var factor, out var exponent, out var format))
            return false;
        var parts = number.Split('.');
        var fraction = parts.Length > 1 ? parts[1] : "";
        var unscaled = BigInteger.Parse("0" + parts[0] + fraction, CultureInfo.InvariantCulture) * factor;
        var nanos = Shift(unscaled, Scale - fraction.Length + exponent);
        quantity = new KubeQuantity { Nanos = text[0] == '-' ? -nanos : nanos, Format = format };
        return true;
    }

    /// <summary>Compares amounts, however they are written.</summary>
    public int CompareTo(KubeQuantity other) => Nanos.CompareTo(other.Nanos);

    /// <summary>The canonical form: no fraction, the largest suffix that allows it.</summary>
    public override string ToString()
    {
        if (Nanos.IsZero)
            return "0";
        // Binary suffixes below 1024 would need fractions.
        if (Format == Notation.Binary && BigInteger.Abs(Nanos) >= 1024 * One)
            return Write(Nanos / One + ((Nanos % One).Sign > 0 ? 1 : 0), 1024, Binary, 0);
        if (Format == Notation.Exponent)
            return WriteExponent();
        return Write(Nanos, 1000, Decimal, 0);
    }

    static string Write(BigInteger value, int step, string[] suffixes, int at)
    {
        while (at < suffixes.Length - 1 && (value % step).IsZero)
        {
            value /= step;
            at++;
        }

        return value.ToString(CultureInfo.InvariantCulture) + suffixes[at];
    }

    string WriteExponent()
    {
        var (value, exponent) = (Nanos, -Scale);
        while ((value % 1000).IsZero)
        {
            value /= 1000;
            exponent += 3;
        }

        return exponent == 0 ? value.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{value}e{exponent}");
    }

    static bool TrySuffix(string suffix, out BigInteger factor, out int exponent, out Notation format)
    {
        (factor, exponent, format) = (BigInteger.One, 0, Notation.Decimal);
        if (suffix.Length > 0 && Array.IndexOf(Binary, suffix) is > 0 and var binary)
        {
            (factor, format) = (BigInteger.Pow(1024, binary), Notation.Binary);
            return true;
        }

        if (Array.IndexOf(Decimal, suffix) is >= 0 and var at)
        {
            exponent = at * 3 - Scale;
            return true;
        }

        format = Notation.Exponent;
        return suffix.Length > 1 && suffix[0] is 'e' or 'E' &&
            int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) < 100;
    }

    // Away from zero, as Kubernetes rounds what is finer than a billionth.
    static BigInteger Shift(BigInteger value, int places)
    {
        if (places >= 0)
            return value * BigInteger.Pow(10, places);
        var divisor = BigInteger.Pow(10, -places);
        return (value + divisor - 1) / divisor;
    }
}
