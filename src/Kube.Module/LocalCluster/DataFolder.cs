namespace Kube.Module.LocalCluster;

/// <summary>Where Kube keeps its clusters, proxies, agents and the copies of its server.</summary>
static class DataFolder
{
    /// <summary><c>$KUBE_HOME</c>, else <c>Kube</c> in the user's folder for local data.</summary>
    public static string Path
    {
        get
        {
            var chosen = Environment.GetEnvironmentVariable("KUBE_HOME");
            return string.IsNullOrEmpty(chosen)
                ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "Kube")
                : System.IO.Path.GetFullPath(chosen);
        }
    }
}
