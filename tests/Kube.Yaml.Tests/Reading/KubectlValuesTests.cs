namespace Kube.Yaml.Tests.Reading;

/// <summary>Values and what kubectl 1.32 makes of them (<c>kubectl patch --local -p '{}' -o json</c>); a line each, value and JSON.</summary>
public class KubectlValuesTests
{
    public static TheoryData<string, string> Values()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reading", "kubectl-values.tsv")))
        {
            var tab = line.IndexOf('\t');
            data.Add(line[..tab], line[(tab + 1)..]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_what_kubectl_reads(string yaml, string json)
    {
        var read = Json.Of("v: " + yaml + "\n");
        var value = read["{\"v\":".Length..^1];
        // A number has the same digits, too.
        Assert.True(char.IsAsciiDigit(json[^1]) ? json == value : Json.Same(json, value), $"{value}, but kubectl reads {json}");
    }

    /// <summary>Where Kube is stricter, or keeps what kubectl loses.</summary>
    [Theory]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("0xFFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData("!!int 12345678901234567890", "12345678901234567890")]
    [InlineData("{a: 1, <<: {a: 2, b: 3}}", """{"a":1,"b":3}""")]
    [InlineData("[&x [{a: b}, {c: d}], {<<: *x, c: e}]", """[[{"a":"b"},{"c":"d"}],{"c":"e","a":"b"}]""")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\U0001f600\"")]
    [InlineData("\"a\\/b\"", "\"a/b\"")]
    public void A_value_keeps_more_than_in_kubectl(string yaml, string json) => Assert.True(Json.Same($$"""{"v":{{json}}}""", Json.Of("v: " + yaml)));
}
