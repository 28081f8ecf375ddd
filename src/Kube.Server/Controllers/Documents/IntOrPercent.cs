using System.Globalization;
using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>A number, or a percentage of another: <c>2</c>, <c>"25%"</c>.</summary>
static class IntOrPercent
{
    /// <param name="value">The field; undefined or null where it is missing.</param>
    /// <param name="of">What a percentage is of.</param>
    /// <param name="up">Whether fractions are rounded up.</param>
    /// <param name="missing">What a missing field stands for.</param>
    public static int Resolve(JsonElement value, int of, bool up, int missing = 0)
    {
        if (value.ValueKind == JsonValueKind.Number) return value.GetInt32();
        if (value.ValueKind != JsonValueKind.String || !long.TryParse(value.GetString()!.TrimEnd('%'), CultureInfo.InvariantCulture, out var percent)) return missing;
        var hundredths = percent * of;
        return (int)Math.Min(int.MaxValue, up ? (hundredths + 99) / 100 : hundredths / 100);
    }
}
