namespace Kube.Server.Hosting;

static class ServerVersion
{
    /// <summary>Kube's version, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ServerVersion).Assembly.GetName().Version!.ToString(3);
}
