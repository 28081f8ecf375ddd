# What people do without Kube.
param($Kubectl, $Kubeconfig, $Count)
. "$PSScriptRoot/Probe.ps1"

$null = '{}' | ConvertFrom-Json
$watch = [Diagnostics.Stopwatch]::StartNew()
$pods = (& $Kubectl get pods -A -o json --kubeconfig $Kubeconfig | ConvertFrom-Json).items
$time = $watch.Elapsed.TotalMilliseconds
if ($pods.Count -lt $Count) { throw "There are $($pods.Count) pods, not $Count." }
Write-Sample @{ Time = $time }
