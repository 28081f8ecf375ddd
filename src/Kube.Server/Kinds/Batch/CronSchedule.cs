using System.Globalization;

namespace Kube.Server.Kinds.Batch;

/// <summary>
/// The times of a cron job. Five fields (minute, hour, day of month, month, day of week), with lists, ranges, steps and English names, or one of
/// <c>@yearly</c>, <c>@monthly</c>, <c>@weekly</c>, <c>@daily</c>, <c>@hourly</c> and <c>@every 1h30m</c>. Where both kinds of day are restricted, either will do. Pure.
/// </summary>
sealed class CronSchedule
{
    // A date such as the 30th of February never comes.
    static readonly TimeSpan Horizon = TimeSpan.FromDays(5 * 366);

    readonly CronField _minutes, _hours, _days, _months, _weekdays;
    readonly TimeSpan? _every;

    CronSchedule(string[] fields)
    {
        _minutes = CronField.Parse(fields[0], 0, 59);
        _hours = CronField.Parse(fields[1], 0, 23);
        _days = CronField.Parse(fields[2], 1, 31);
        _months = CronField.Parse(fields[3], 1, 12, CronField.MonthNames);
        _weekdays = CronField.Parse(fields[4], 0, 6, CronField.DayNames);
    }

    CronSchedule(TimeSpan every) : this(["*", "*", "*", "*", "*"]) => _every = every;

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static CronSchedule Parse(string text)
    {
        if (text.Contains("TZ=", StringComparison.Ordinal))
            throw new FormatException("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        if (text.StartsWith("@every ", StringComparison.Ordinal))
            return new CronSchedule(ParseInterval(text["@every ".Length..]));
        if (text.StartsWith('@'))
        {
            return new CronSchedule((text switch
            {
                "@yearly" or "@annually" => "0 0 1 1 *",
                "@monthly" => "0 0 1 * *",
                "@weekly" => "0 0 * * 0",
                "@daily" or "@midnight" => "0 0 * * *",
                "@hourly" => "0 * * * *",
                _ => throw new FormatException($"unrecognized descriptor: {text}"),
            }).Split(' '));
        }

        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5
            ? new CronSchedule(fields)
            : throw new FormatException($"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]");
    }

    /// <summary>The first time after another, by the clock of a time zone; null where there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        if (_every is { } every)
            return new DateTimeOffset((after.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond) + every.Ticks, TimeSpan.Zero);
        var minute = new DateTimeOffset((after.UtcTicks / TimeSpan.TicksPerMinute + 1) * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        for (var end = after + Horizon; minute < end;)
        {
            // In steps of real time: an hour that the clock skips has no minutes, one that it repeats has them twice.
            var local = TimeZoneInfo.ConvertTime(minute, zone);
            if (!IsDay(local) || !_hours.Has(local.Hour))
                minute = minute.AddMinutes(60 - local.Minute);
            else if (!_minutes.Has(local.Minute))
                minute = minute.AddMinutes(1);
            else
                return minute;
        }

        return null;
    }

    bool IsDay(DateTimeOffset local)
    {
        if (!_months.Has(local.Month))
            return false;
        var (day, weekday) = (_days.Has(local.Day), _weekdays.Has((int)local.DayOfWeek));
        return _days.IsAny || _weekdays.IsAny ? day && weekday : day || weekday;
    }

    static TimeSpan ParseInterval(string text)
    {
        var (total, number) = (TimeSpan.Zero, "");
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                number += c;
                continue;
            }

            if (number.Length is 0 or > 6)
                throw Malformed();
            var count = int.Parse(number, CultureInfo.InvariantCulture);
            total += c switch
            {
                'h' => TimeSpan.FromHours(count),
                'm' => TimeSpan.FromMinutes(count),
                's' => TimeSpan.FromSeconds(count),
                _ => throw Malformed(),
            };
            number = "";
        }

        return number.Length == 0 && total >= TimeSpan.FromSeconds(1) ? total : throw Malformed();

        FormatException Malformed() => new($"failed to parse duration @every {text}: hours (h), minutes (m) and seconds (s) of one second or more are expected, such as 1h30m");
    }
}
