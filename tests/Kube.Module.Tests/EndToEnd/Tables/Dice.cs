using System.Globalization;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>Random choices that a seed brings back.</summary>
sealed class Dice
{
    const int UsualSeed = 20261123;

    readonly Random _random;

    public Dice()
    {
        // A run is not to fail by chance: whoever wants other dice says so.
        Seed = Environment.GetEnvironmentVariable("KUBE_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : UsualSeed;
        _random = new(Seed);
        TestContext.Current.SendDiagnosticMessage($"KUBE_SEED={Seed}");
    }

    public int Seed { get; }

    /// <summary>From 0 to one less than <paramref name="limit"/>.</summary>
    public int Roll(int limit) => _random.Next(limit);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>A time in the past: seconds ago as often as years.</summary>
    public string Past(DateTime now) => now.AddSeconds(-Math.Pow(10, 9 * _random.NextDouble())).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>An array of up to <paramref name="limit"/> items.</summary>
    public JsonArray Some(int limit, Func<int, JsonNode?> item) => [.. Enumerable.Range(0, _random.Next(limit + 1)).Select(item)];

    /// <summary>Up to <paramref name="limit"/> labels.</summary>
    public JsonObject Labels(int limit)
    {
        var labels = new JsonObject();
        for (var i = _random.Next(limit + 1); i > 0; i--) labels[Pick("app", "tier", "example.com/part", "zone", "A")] = Pick("web", "db", "x-1", "", "Z");
        return labels;
    }

    /// <summary>One to three containers.</summary>
    public JsonArray Containers() =>
        [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(i => new JsonObject { ["name"] = $"c{i}", ["image"] = Pick("busybox:1.35", "registry.example.com:5000/team/app@sha256:" + new string('a', 64), "nginx") })];
}
