using System.Globalization;

namespace Kube.Server.Kinds.Batch;

/// <summary>One field of a schedule: which of its numbers it means.</summary>
/// <param name="Bits">One bit for each number.</param>
/// <param name="IsAny">Whether it is written as any.</param>
readonly record struct CronField(ulong Bits, bool IsAny)
{
    public static IReadOnlyList<string> MonthNames { get; } = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static IReadOnlyList<string> DayNames { get; } = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public bool Has(int number) => (Bits & 1UL << number) != 0;

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static CronField Parse(string text, int least, int most, IReadOnlyList<string>? names = null)
    {
        var (bits, any) = (0UL, false);
        foreach (var part in text.Split(','))
        {
            var slash = part.Split('/');
            if (slash.Length > 2)
                throw new FormatException($"too many slashes: {part}");
            var range = slash[0].Split('-');
            if (range.Length > 2)
                throw new FormatException($"too many hyphens: {part}");
            var isAny = slash[0] is "*" or "?";
            var first = isAny ? least : Number(range[0], names);
            var last = isAny || (slash.Length == 2 && range.Length == 1) ? most : Number(range[^1], names);
            var step = slash.Length == 2 ? Number(slash[1], null) : 1;
            if (first < least)
                throw new FormatException($"beginning of range ({first}) below minimum ({least}): {part}");
            if (last > most)
                throw new FormatException($"end of range ({last}) above maximum ({most}): {part}");
            if (first > last)
                throw new FormatException($"beginning of range ({first}) beyond end of range ({last}): {part}");
            if (step == 0)
                throw new FormatException($"step of range should be a positive number: {part}");
            for (var number = first; number <= last; number += step)
                bits |= 1UL << number;
            any |= isAny && step == 1;
        }

        return new CronField(bits, any);
    }

    static int Number(string text, IReadOnlyList<string>? names)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            if (names[i].Length > 0 && names[i].Equals(text, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return text.Length is > 0 and < 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax");
    }
}
