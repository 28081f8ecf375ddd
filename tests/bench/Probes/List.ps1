# The first list of a session that is connected.
param($Module, $Kubeconfig, $Pod, $Count)
. "$PSScriptRoot/Probe.ps1"

$env:KUBECONFIG = $Kubeconfig
Import-Module $Module
$null = Get-KubePod $Pod
$before = Start-MemoryMeasure
$watch = [Diagnostics.Stopwatch]::StartNew()
$pods = Get-KubePod -AllNamespaces
$time = $watch.Elapsed.TotalMilliseconds
$memory = Stop-MemoryMeasure $before
if ($pods.Count -ne $Count) { throw "There are $($pods.Count) pods, not $Count." }
Write-Sample @{ Time = $time; Memory = $memory }
