using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

sealed partial class ClusterFolder
{
    /// <summary>Starts the cluster's server and returns its warning, once it is ready.</summary>
    /// <param name="settings">Its flags, but for those that follow from the folder.</param>
    /// <param name="inMemory">Keep nothing.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="KubeCmdletException">It did not start; a folder that was not there before is gone again.</exception>
    public async Task<string?> StartServerAsync(string[] settings, bool inMemory, CancellationToken cancel)
    {
        string[] place = [inMemory ? "--in-memory" : "--data-path=" + Path, "--kubeconfig=" + KubeConfigPath, "--log-file=" + LogPath, "--cluster-name=" + Name];
        await ServerProcess.StartAsync(Path, "run", [.. place, .. settings], Errors.ClusterStartFailed, cancel).ConfigureAwait(false);
        // A cluster in memory leaves nothing to start again.
        if (!inMemory) WriteSettings(settings);
        return ReadStatus()?.Warning;
    }
}
