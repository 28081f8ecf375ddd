# One GET after another in a session that has made some before.
param($Module, $Kubeconfig, $Pod)
. "$PSScriptRoot/Probe.ps1"

$env:KUBECONFIG = $Kubeconfig
Import-Module $Module
for ($n = 0; $n -lt 200; $n++) { $null = Get-KubePod $Pod }
$times = for ($n = 0; $n -lt 101; $n++) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = Get-KubePod $Pod
    $watch.Elapsed.TotalMilliseconds
}
[array]::Sort($times)
Write-Sample @{ Time = $times[50] }
