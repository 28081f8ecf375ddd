using System.Text.Json.Nodes;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Conformance;

/// <summary>How two answers differ.</summary>
static class Difference
{
    /// <summary>Of failures: code, reason, and which fields are at fault and why; words are each version's own. Null: none.</summary>
    public static string? OfFailures(Answer real, Answer embedded)
    {
        if (real.Code != embedded.Code)
            return $"{real.Code} there, {embedded.Code} here: {Words(real.Code >= 400 ? real : embedded)}";
        if (real.Code < 400)
            return null;
        var (there, here) = (real.Json, embedded.Json);
        if (there["reason"]?.ToString() != here["reason"]?.ToString())
            return $"{there["reason"]} there, {here["reason"]} here";
        var missing = Causes(there).Except(Causes(here)).ToList();
        var extra = Causes(here).Except(Causes(there)).ToList();
        return missing.Count + extra.Count == 0 ? null : $"{string.Join(", ", missing)} there, {string.Join(", ", extra)} here";
    }

    /// <summary>Of documents: one line for each place.</summary>
    public static IEnumerable<string> OfDocuments(JsonNode? real, JsonNode? embedded, string path = "")
    {
        switch (real, embedded)
        {
            case (JsonObject there, JsonObject here):
                return there.Select(f => f.Key).Union(here.Select(f => f.Key)).Order(StringComparer.Ordinal)
                    .SelectMany(name => there.ContainsKey(name) == here.ContainsKey(name)
                        ? OfDocuments(there[name], here[name], $"{path}.{name}")
                        : [$"{path}.{name}: {(there.ContainsKey(name) ? $"{there[name]?.ToJsonString() ?? "null"} there alone" : $"{here[name]?.ToJsonString() ?? "null"} here alone")}"]);
            case (JsonArray there, JsonArray here) when there.Count == here.Count:
                return there.Zip(here).SelectMany((pair, i) => OfDocuments(pair.First, pair.Second, $"{path}[{i}]"));
            default:
                return JsonNode.DeepEquals(real, embedded) ? [] : [$"{path}: {real?.ToJsonString() ?? "null"} there, {embedded?.ToJsonString() ?? "null"} here"];
        }
    }

    static string Words(Answer failure) => failure.Json["message"]?.ToString() ?? failure.Text;

    static IEnumerable<string> Causes(JsonNode status) =>
        (status["details"]?["causes"] as JsonArray ?? []).Select(c => $"{c!["reason"]} {c["field"]}").Distinct().Order(StringComparer.Ordinal);
}
