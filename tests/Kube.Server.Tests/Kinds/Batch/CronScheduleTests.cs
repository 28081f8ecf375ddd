using System.Globalization;
using Kube.Server.Kinds.Batch;

namespace Kube.Server.Tests.Kinds.Batch;

public class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * *", "2026-06-01T12:00:30Z", "2026-06-01T12:01:00Z")]
    [InlineData("* * * * *", "2026-06-01T12:00:00Z", "2026-06-01T12:01:00Z")]
    [InlineData("*/15 * * * *", "2026-06-01T12:46:00Z", "2026-06-01T13:00:00Z")]
    [InlineData("5/20 * * * *", "2026-06-01T12:46:00Z", "2026-06-01T13:05:00Z")]
    [InlineData("0 9-17/4 * * *", "2026-06-01T10:00:00Z", "2026-06-01T13:00:00Z")]
    [InlineData("0 0 1 jan *", "2026-06-01T10:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2026-06-01T10:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 * * MON", "2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z")]
    [InlineData("0 0 ? * sun", "2026-06-01T00:00:00Z", "2026-06-07T00:00:00Z")]
    // Both kinds of day are restricted: either will do.
    [InlineData("0 0 13 * 5", "2026-06-06T00:00:00Z", "2026-06-12T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-06-12T00:00:00Z", "2026-06-13T00:00:00Z")]
    [InlineData("@hourly", "2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z")]
    [InlineData("@weekly", "2026-06-01T12:00:00Z", "2026-06-07T00:00:00Z")]
    [InlineData("@monthly", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z")]
    [InlineData("@yearly", "2026-06-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("@every 1h30m", "2026-06-01T12:00:10Z", "2026-06-01T13:30:10Z")]
    public void The_next_time(string schedule, string after, string next) => Assert.Equal(Time(next), CronSchedule.Parse(schedule).Next(Time(after), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("30 9 * * *", "2026-06-01T12:00:00Z", "2026-06-02T07:30:00Z")]
    [InlineData("30 9 * * *", "2026-12-01T12:00:00Z", "2026-12-02T08:30:00Z")]
    // That night there is no half past two.
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    // That night there are two of them.
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    public void By_the_clock_of_a_zone(string schedule, string after, string next)
    {
        var zone = TimeZones.Find("Europe/Berlin");
        Assert.SkipWhen(zone is null, "this machine does not know Europe/Berlin");
        Assert.Equal(Time(next), CronSchedule.Parse(schedule).Next(Time(after), zone!));
    }

    [Fact]
    public void A_day_that_never_comes() => Assert.Null(CronSchedule.Parse("0 0 30 2 *").Next(Time("2026-06-01T00:00:00Z"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("", "expected exactly 5 fields, found 0: []")]
    [InlineData("* * * *", "expected exactly 5 fields, found 4: [* * * *]")]
    [InlineData("60 * * * *", "end of range (60) above maximum (59): 60")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("* * * * 7", "end of range (7) above maximum (6): 7")]
    [InlineData("5-3 * * * *", "beginning of range (5) beyond end of range (3): 5-3")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("1/2/3 * * * *", "too many slashes: 1/2/3")]
    [InlineData("1-2-3 * * * *", "too many hyphens: 1-2-3")]
    [InlineData("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("99999999999 * * * *", "failed to parse int from 99999999999: strconv.Atoi: parsing \"99999999999\": invalid syntax")]
    [InlineData("@never", "unrecognized descriptor: @never")]
    [InlineData("TZ=UTC * * * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    [InlineData("@every 0s", "failed to parse duration @every 0s: hours (h), minutes (m) and seconds (s) of one second or more are expected, such as 1h30m")]
    public void What_is_none_is_told(string schedule, string why) => Assert.Equal(why, Assert.Throws<FormatException>(() => CronSchedule.Parse(schedule)).Message);

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
