using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Start-Sleep, which Ctrl+C ends.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet
{
    readonly ManualResetEventSlim _stopped = new();

    [Parameter(ParameterSetName = "Seconds", Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateRange(0.0, int.MaxValue / 1000.0)]
    public double Seconds { get; set; }

    [Parameter(ParameterSetName = "Milliseconds", Mandatory = true)]
    [Alias("ms")]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    [Parameter(ParameterSetName = "Duration", Mandatory = true)]
    public TimeSpan Duration { get; set; }

    protected override void ProcessRecord() => _stopped.Wait(ParameterSetName switch
    {
        "Seconds" => TimeSpan.FromSeconds(Seconds),
        "Milliseconds" => TimeSpan.FromMilliseconds(Milliseconds),
        _ => Duration,
    });

    protected override void StopProcessing() => _stopped.Set();
}
