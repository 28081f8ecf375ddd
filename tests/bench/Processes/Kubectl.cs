namespace Kube.Bench.Processes;

/// <summary>The kubectl on PATH, with a discovery cache of its own that stays from run to run.</summary>
sealed class Kubectl(Place place, string kubeconfig)
{
    readonly string _program = Executable.Find("kubectl");

    public string Program => _program;

    public Task<ProcessRun> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(_program, [.. arguments, "--kubeconfig", kubeconfig, "--cache-dir", Path.Combine(place.Folder, "kubectl-cache")], keepOutput: false);

    public static async Task<string> VersionAsync()
    {
        var run = await ChildProcess.RunAsync(Executable.Find("kubectl"), ["version", "--client"], keepOutput: true);
        return run.Lines[0].Replace("Client Version: v", "").Split('-')[0];
    }
}
