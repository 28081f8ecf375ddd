using Kube.Bench;
using Kube.Bench.Processes;

// The bench starts itself for what must be measured in a process of its own.
return args switch
{
    ["host", var script, .. var rest] => HostedEngine.Run(script, rest),
    ["empty-server"] => await EmptyServer.RunAsync(),
    _ => await BenchCommand.RunAsync(args),
};
