using System.Globalization;

namespace Kube.Yaml.Reading;

/// <summary>Floats in the digits that Go gives them, so that a document reads the same here and in kubectl.</summary>
static class GoFloat
{
    /// <summary>As encoding/json writes a float64: with an exponent below 1e-6 and from 1e21 on.</summary>
    public static string ToJson(double value)
    {
        if (value == 0)
            return "0";
        var number = ShortestDigits.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        return number.Exponent is < -6 or >= 21 ? number.Scientific(exponentDigits: 1) : number.Plain();
    }

    /// <summary>As sigs.k8s.io/yaml writes the key of a map: of 32 bits, with an exponent below 1e-4 and from 1e6 on.</summary>
    public static string ToKey(double value)
    {
        var single = (float)value;
        if (single == 0)
            return "0";
        if (float.IsInfinity(single))
            return single < 0 ? "-.inf" : ".inf";
        var number = ShortestDigits.Parse(single.ToString("R", CultureInfo.InvariantCulture));
        return number.Exponent is < -4 or >= 6 ? number.Scientific(exponentDigits: 2) : number.Plain();
    }

    /// <summary>The shortest digits that round-trip, the point after the first one, times ten to the exponent.</summary>
    readonly record struct ShortestDigits(bool Negative, string Digits, int Exponent)
    {
        public static ShortestDigits Parse(string shortest)
        {
            var negative = shortest[0] == '-';
            var parts = shortest.TrimStart('-').Split('E');
            var point = parts[0].IndexOf('.');
            var integers = point < 0 ? parts[0].Length : point;
            var digits = parts[0].Replace(".", "");
            var leading = digits.Length - digits.TrimStart('0').Length;
            var exponent = integers - 1 - leading + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
            return new(negative, digits.Trim('0'), exponent);
        }

        public string Plain()
        {
            var sign = Negative ? "-" : "";
            if (Exponent < 0)
                return sign + "0." + new string('0', -Exponent - 1) + Digits;
            return Digits.Length <= Exponent + 1
                ? sign + Digits.PadRight(Exponent + 1, '0')
                : sign + Digits[..(Exponent + 1)] + "." + Digits[(Exponent + 1)..];
        }

        public string Scientific(int exponentDigits) =>
            (Negative ? "-" : "") + Digits[..1] + (Digits.Length > 1 ? "." + Digits[1..] : "")
            + (Exponent < 0 ? "e-" : "e+") + Math.Abs(Exponent).ToString(CultureInfo.InvariantCulture).PadLeft(exponentDigits, '0');
    }
}
