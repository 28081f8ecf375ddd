namespace Kube.Server.Kinds.Batch;

/// <summary>Time zones by their names.</summary>
static class TimeZones
{
    /// <param name="name">A name such as <c>Europe/Berlin</c>; empty: this machine's.</param>
    /// <returns>Null where it is not known.</returns>
    public static TimeZoneInfo? Find(string name) =>
        name.Length == 0 ? TimeZoneInfo.Local : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}
