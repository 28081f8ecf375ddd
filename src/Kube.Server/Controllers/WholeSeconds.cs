namespace Kube.Server.Controllers;

/// <summary>Times as fine as documents tell them: what is written is then what is read again.</summary>
static class WholeSeconds
{
    public static DateTimeOffset Of(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
