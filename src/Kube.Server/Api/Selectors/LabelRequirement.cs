using System.Globalization;

namespace Kube.Server.Api.Selectors;

/// <summary>How a requirement compares.</summary>
enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}

/// <summary>One condition of a label selector.</summary>
sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.In => has && Values.Contains(value!),
            LabelOperator.NotIn => !has || !Values.Contains(value!),
            LabelOperator.Exists => has,
            LabelOperator.DoesNotExist => !has,
            LabelOperator.GreaterThan => has && Compare(value!) is > 0,
            LabelOperator.LessThan => has && Compare(value!) is < 0,
            _ => throw new InvalidOperationException($"no such operator: {Operator}"),
        };
    }

    int? Compare(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.CompareTo(long.Parse(Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : null;
}
