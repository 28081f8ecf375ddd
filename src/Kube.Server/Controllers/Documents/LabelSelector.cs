using System.Text.Json.Serialization;

namespace Kube.Server.Controllers.Documents;

/// <summary>Which objects are meant, by their labels.</summary>
sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }

    public IReadOnlyList<LabelRequirement>? MatchExpressions { get; init; }

    [JsonIgnore]
    public bool IsEmpty => MatchLabels is not { Count: > 0 } && MatchExpressions is not { Count: > 0 };

    /// <summary>Whether it asks for something, and these labels have all of it.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? labels) =>
        !IsEmpty
        && (MatchLabels ?? new Dictionary<string, string>()).All(wanted => labels?.GetValueOrDefault(wanted.Key) == wanted.Value)
        && (MatchExpressions ?? []).All(requirement => requirement.Matches(labels?.GetValueOrDefault(requirement.Key)));
}

sealed record LabelRequirement
{
    public string Key { get; init; } = "";

    public string Operator { get; init; } = "";

    public IReadOnlyList<string>? Values { get; init; }

    public bool Matches(string? value) => Operator switch
    {
        "In" => value is not null && Values?.Contains(value) == true,
        "NotIn" => value is null || Values?.Contains(value) != true,
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
