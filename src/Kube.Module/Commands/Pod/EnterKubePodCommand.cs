using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Running;
using Kube.Module.Terminals;

namespace Kube.Module.Commands;

/// <summary>Opens a shell in a pod's container, in this terminal.</summary>
[Cmdlet(VerbsCommon.Enter, "KubePod")]
public sealed class EnterKubePodCommand : PodCmdlet
{
    // The best shell that there is; the terminal's name goes along, so that programs there know what they may send.
    const string FindShell = "TERM=$0; export TERM; command -v bash >/dev/null 2>&1 && exec bash; exec sh";
    const string UsualTerminal = "xterm-256color";

    readonly List<(KubeApi Api, KubePod Pod)> _pods = [];

    /// <summary>The program to start instead of a shell, and its arguments.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object?[] Command { get; set; } = [];

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (!Terminal.IsThere) throw new KubeCmdletException(Errors.TerminalMissing, "There is no terminal here: input or output goes elsewhere.");
    }

    /// <inheritdoc/>
    protected override void ProcessPod(KubeApi api, KubePod pod) => _pods.Add((api, pod));

    /// <inheritdoc/>
    protected override void End()
    {
        if (_pods.Count == 0) return;
        if (_pods.Count > 1) throw new KubeCmdletException(Errors.ParameterInvalid, $"A terminal is in one pod at a time, and these are {_pods.Count}: {string.Join(", ", _pods.Select(found => found.Pod.Name))}.");
        var (api, pod) = _pods[0];
        Try(pod, () => Enter(api, pod));
    }

    void Enter(KubeApi api, KubePod pod)
    {
        var name = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } given && given != "dumb" ? given : UsualTerminal;
        string[] words = Command.Length > 0 ? CommandWords.Read(Command) : ["sh", "-c", FindShell, name];
        var options = new ExecOptions(words) { Container = ContainerIn(pod), Stdin = true, Tty = true };
        var exitCode = Await(RunAsync(api, pod, options));
        SessionState.PSVariable.Set("global:LASTEXITCODE", exitCode);
        // A shell's exit code is that of the last command typed in it, which a person has seen.
        if (exitCode == 0 || Command.Length == 0 && exitCode is not (126 or 127)) return;
        throw new KubeCmdletException(Errors.CommandFailed, $"'{words[0]}' in pod '{pod.Name}' ended with exit code {exitCode}.") { Target = new KubeCommandResult(pod.Name, pod.Namespace ?? "", options.Container, exitCode) };
    }

    async Task<int> RunAsync(KubeApi api, KubePod pod, ExecOptions options)
    {
        await using var command = await api.ExecAsync(pod.Namespace!, pod.Name, options, Cancel);
        using var terminal = Terminal.Open();
        return await new TerminalSession(terminal, command).RunAsync(Cancel);
    }
}
