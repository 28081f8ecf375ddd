# How old the events of a watch are when the pipeline has them. Their names say when they were written.
param($Module, $Kubeconfig, $Count)
. "$PSScriptRoot/Probe.ps1"

$env:KUBECONFIG = $Kubeconfig
Import-Module $Module
$ages = [Collections.Generic.List[double]]::new()
do {
    Watch-KubePod | ForEach-Object {
        $now = [Diagnostics.Stopwatch]::GetTimestamp()
        $ages.Add([Diagnostics.Stopwatch]::GetElapsedTime($_.Object.Name.Substring(2), $now).TotalMilliseconds)
        if ($ages.Count -ge $Count) { break }
    }
} while ($false)
# The first half is for the compiler.
$counted = $ages.GetRange($Count / 2, $Count / 2)
$counted.Sort()
Write-Sample @{ Time = $counted[$counted.Count / 2] }
