namespace Kube.Bench.Processes;

/// <summary>A whole Kubernetes, private to one benchmark: the tests' lab (tests/lab/kubernetes.sh), which builds it once.</summary>
sealed class RealCluster : IAsyncDisposable
{
    // The first time it compiles Kubernetes.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    readonly string _script, _folder;

    RealCluster(string script, string folder) => (_script, _folder) = (script, folder);

    public string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    /// <summary>Starts one with so many pods, which no scheduler takes: they stay as <see cref="PodSeed"/> puts them there.</summary>
    public static async Task<RealCluster> StartAsync(Place place, int pods)
    {
        if (!OperatingSystem.IsLinux()) throw new BenchException("real-cluster needs Linux: the lab's Kubernetes runs nowhere else.");
        // Short: it holds sockets, whose paths have a limit.
        var cluster = new RealCluster(Path.Combine(place.Root, "tests", "lab", "kubernetes.sh"), Path.Combine(place.Folder, "k8s"));
        try
        {
            await cluster.RunAsync("up");
            using var client = ClusterClient.Open(cluster.Kubeconfig);
            await PodSeed.PlantAsync(client, pods, "\"schedulerName\":\"nobody\"");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await RunAsync("down");

    Task RunAsync(string verb) => ChildProcess.RunAsync("bash", [_script, verb, _folder], keepOutput: true, Patience);
}
