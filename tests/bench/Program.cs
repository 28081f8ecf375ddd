using Kube.Bench;
using Kube.Bench.Processes;

// The bench starts itself for what must be measured in a process of its own.
return args switch
{
    ["host", var script, .. var rest] => HostedEngine.Run(script, rest),
    ["empty-server"] => await EmptyServer.RunAsync(),
    ["official-list", var kubeconfig] => await OfficialClient.ListAsync(kubeconfig),
    ["plain-watch", var kubeconfig, var events] => await PlainWatch.RunAsync(kubeconfig, events),
    _ => await BenchCommand.RunAsync(args),
};
