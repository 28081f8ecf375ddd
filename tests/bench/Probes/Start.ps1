# A cluster from nothing to ready, and what its server's process takes once nothing happens.
param($Module, $Name, $IdleSeconds)
. "$PSScriptRoot/Probe.ps1"

Import-Module $Module
$null = Get-KubeCluster
$watch = [Diagnostics.Stopwatch]::StartNew()
$cluster = Start-KubeCluster $Name -Runtime Simulated -InMemory
$time = $watch.Elapsed.TotalMilliseconds
try {
    [Threading.Thread]::Sleep(1000 * $IdleSeconds)
    $memory = [Diagnostics.Process]::GetProcessById($cluster.ProcessId).WorkingSet64 / 1e6
}
finally { Stop-KubeCluster $Name -Remove -Confirm:$false }
Write-Sample @{ Time = $time; Memory = $memory }
