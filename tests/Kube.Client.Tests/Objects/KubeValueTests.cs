using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Numerics;
using System.Security;

namespace Kube.Tests.Objects;

/// <summary>What becomes of values that people put into documents.</summary>
public class KubeValueTests
{
    static string Json(object? value) => KubeMap.From(new OrderedDictionary { ["v"] = value }).ToJson()["{\"v\":".Length..^1];

    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" }, { DBNull.Value, "null" }, { true, "true" }, { false, "false" }, { "", "\"\"" }, { "a\nb\"ü", "\"a\\nb\\\"ü\"" }, { 'x', "\"x\"" },
        { sbyte.MinValue, "-128" }, { byte.MaxValue, "255" }, { short.MinValue, "-32768" }, { ushort.MaxValue, "65535" }, { int.MinValue, "-2147483648" }, { uint.MaxValue, "4294967295" },
        { long.MinValue, "-9223372036854775808" }, { ulong.MaxValue, "18446744073709551615" }, { (nint)(-5), "-5" }, { (nuint)5, "5" }, { (Int128)7, "7" }, { UInt128.Parse("79228162514264337593543950335", CultureInfo.InvariantCulture), "79228162514264337593543950335" },
        { new BigInteger(12), "12" }, { 1.5m, "1.5" }, { 1.0m, "1.0" }, { 0.1f, "0.1" }, { 0.1, "0.1" }, { 3.0, "3" }, { 1e300, "1E+300" }, { (Half)0.5, "0.5" },
        { new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "\"2026-01-02T03:04:05Z\"" }, { new DateTimeOffset(2026, 1, 2, 3, 4, 5, 250, TimeSpan.FromHours(2)), "\"2026-01-02T01:04:05.25Z\"" },
        { DayOfWeek.Friday, "\"Friday\"" }, { KubeFieldChange.Removed, "\"Removed\"" }, { Guid.Empty, "\"00000000-0000-0000-0000-000000000000\"" }, { new Uri("http://a/b"), "\"http://a/b\"" }, { new Version(1, 2), "\"1.2\"" },
        { new byte[] { 1, 2, 255 }, "\"AQL/\"" },
        { Array.Empty<object>(), "[]" }, { new object?[] { "one" }, "[\"one\"]" }, { new object?[] { null }, "[null]" }, { new object?[] { new object[] { 1 } }, "[[1]]" }, { new ArrayList { 1, "a", null }, "[1,\"a\",null]" }, { new List<int> { 1, 2 }, "[1,2]" },
        { new Hashtable(), "{}" }, { new Hashtable { [1] = 2 }, "{\"1\":2}" }, { new OrderedDictionary { ["z"] = 1, ["a"] = new object[] { new Hashtable { ["k"] = null } } }, "{\"z\":1,\"a\":[{\"k\":null}]}" },
        { new SortedDictionary<string, string> { ["b"] = "2", ["a"] = "1" }, "{\"a\":\"1\",\"b\":\"2\"}" }, { new Dictionary<string, object?> { ["x"] = 1 }, "{\"x\":1}" },
        { new OrderedDictionary { ["a"] = 1, ["A"] = 2 }, "{\"a\":1,\"A\":2}" },
    };

    [Theory, MemberData(nameof(Values))]
    public void Values_become_exactly_what_JSON_has_for_them(object? value, string json) => Assert.Equal(json, Json(value));

    [Theory, MemberData(nameof(Values))]
    public void No_culture_changes_them(object? value, string json)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal(json, Json(value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_local_time_is_written_in_UTC()
    {
        var local = new DateTime(2026, 7, 2, 3, 4, 5, DateTimeKind.Local);
        Assert.Equal($"\"{local.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}\"", Json(local));
    }

    public static TheoryData<object, string> Refused => new()
    {
        { double.NaN, "NaN" }, { double.PositiveInfinity, "Infinity" }, { float.NegativeInfinity, "-Infinity" }, { Half.NaN, "NaN" }, { BigInteger.Pow(10, 40), "too large" }, { UInt128.MaxValue, "too large" },
        { new SecureString(), "SecureString" }, { TimeSpan.FromSeconds(1), "TimeSpan" }, { new object(), "System.Object" }, { typeof(string), "Type" }, { "half \ud800", "surrogate" }, { new Hashtable { ["\udc00"] = 1 }, "surrogate" },
        { new List<KeyValuePair<string, string>> { new("a", "1"), new("a", "2") }, "'a' is there twice" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_JSON_cannot_hold_is_refused_by_name(object value, string part) => Assert.Contains(part, Assert.Throws<ArgumentException>(() => Json(value)).Message, StringComparison.Ordinal);

    static object Nest(int depth, bool inLists) => Enumerable.Range(0, depth).Aggregate((object)"end", (inner, _) => inLists ? new[] { inner } : new Hashtable { ["a"] = inner });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Depth_is_no_matter_until_something_holds_itself(bool inLists)
    {
        Assert.Contains("\"end\"", Json(Nest(150, inLists)), StringComparison.Ordinal);

        var list = new ArrayList();
        var table = new Hashtable { ["a"] = list };
        list.Add(inLists ? list : table);
        Assert.Contains("holds itself", Assert.Throws<ArgumentException>(() => Json(table)).Message, StringComparison.Ordinal);
        Assert.Contains("nested too deeply", Assert.Throws<ArgumentException>(() => Json(Nest(300, inLists))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_and_objects_are_copied()
    {
        var map = KubeMap.From(new Hashtable { ["a"] = 1 });
        var holder = KubeMap.From(new Hashtable { ["m"] = map });
        map["a"] = 2;
        Assert.Equal("""{"m":{"a":1}}""", holder.ToJson());
        Assert.Equal("""{"kind":"K"}""", Json(KubeObject.Parse("""{"kind":"K"}"""u8.ToArray())));
    }
}
