using System.Text.Json;
using System.Text.Json.Serialization;
using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>Reads and writes the agent's documents without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(KubeTimeConverter)])]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(PodStatus))]
sealed partial class AgentJson : JsonSerializerContext;

/// <summary>Kubernetes' <c>Time</c>: RFC 3339 in UTC, whole seconds.</summary>
sealed class KubeTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(KubeTime.Format(value));
}

static class KubeTime
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As the API keeps it: without fractions of a second.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
