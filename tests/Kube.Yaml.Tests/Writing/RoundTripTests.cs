using System.Text.Json;

namespace Kube.Yaml.Tests.Writing;

/// <summary>Whatever is written is read back as the same document.</summary>
public class RoundTripTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_documents_come_back(int seed)
    {
        var random = new RandomJson(new Random(seed));
        for (var i = 0; i < 2500; i++)
        {
            var json = random.Document();
            var yaml = Json.ToYaml(json);
            var read = Json.AllOf(yaml).ToList();
            Assert.True(json == "null" ? read.Count == 0 : read.Count == 1 && Json.Same(json, read[0]), $"seed {seed}, case {i}:\n{json}\n{yaml}\n{string.Join("\n", read)}");
        }
    }

    /// <summary>Documents made of what has gone wrong in YAML before.</summary>
    sealed class RandomJson(Random random)
    {
        static readonly string[] Pieces =
        [
            "a", "b", "word", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ":", ": ", " #", "#", "-", "- ", "? ", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "=", "<<", "~", "_",
            "0", "1", "7", "9", ".", "e", "E", "+", "0x", "0o", "0b", "yes", "no", "null", "true", ".inf", "---", "...", "\u0085", "\u00a0", "\u2028", "\u2029", "\ufeff", "\u0001", "\u007f", "é", "\U0001f600", "日本", "2001-01-01", "1:20",
        ];

        public string Document() => Value(0);

        string Value(int depth) => random.Next(depth > 4 ? 5 : 9) switch
        {
            0 => random.Next(3) switch { 0 => "null", 1 => "true", _ => "false" },
            1 => Number(),
            2 or 3 or 4 => JsonSerializer.Serialize(Text()),
            5 or 6 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))) + "]",
            _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Text()).Distinct().Select(key => $"{JsonSerializer.Serialize(key)}:{Value(depth + 1)}")) + "}",
        };

        string Text() => string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => Pieces[random.Next(Pieces.Length)]));

        string Number() => random.Next(3) switch
        {
            0 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
            1 => random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => JsonSerializer.Serialize((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30))).ToLowerInvariant().Replace("e-0", "e-").Replace("e+0", "e+"),
        };
    }
}
