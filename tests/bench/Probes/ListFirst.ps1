# How long the first list of a connected session takes to its first object.
param($Module, $Kubeconfig, $Pod)
. "$PSScriptRoot/Probe.ps1"

$env:KUBECONFIG = $Kubeconfig
Import-Module $Module
$null = Get-KubePod $Pod
$watch = [Diagnostics.Stopwatch]::StartNew()
do { Get-KubePod -AllNamespaces | ForEach-Object { $time = $watch.Elapsed.TotalMilliseconds; break } } while ($false)
Write-Sample @{ First = $time }
