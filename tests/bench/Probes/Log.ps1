# A long log, in a session that has read a short one before.
param($Module, $Kubeconfig, $Pod, $Bytes)
. "$PSScriptRoot/Probe.ps1"

$env:KUBECONFIG = $Kubeconfig
Import-Module $Module
$null = Get-KubeLog $Pod -Raw -Tail 10
$watch = [Diagnostics.Stopwatch]::StartNew()
$null = Get-KubeLog $Pod -Raw
Write-Sample @{ Rate = $Bytes / 1e6 / $watch.Elapsed.TotalSeconds }
