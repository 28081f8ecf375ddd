# So many GETs in a loop, in a session that is connected.
param($Module, $Kubeconfig, $Pod, $Count)
. "$PSScriptRoot/Probe.ps1"

$env:KUBECONFIG = $Kubeconfig
Import-Module $Module
$null = Get-KubePod $Pod
$watch = [Diagnostics.Stopwatch]::StartNew()
for ($n = 0; $n -lt $Count; $n++) { $null = Get-KubePod $Pod }
Write-Sample @{ Time = $watch.Elapsed.TotalMilliseconds }
