# Imports a module into an engine that has imported another one before.
param($Warm, $Module)
. "$PSScriptRoot/Probe.ps1"

Import-Module $Warm
$before = [AppDomain]::CurrentDomain.GetAssemblies()
$watch = [Diagnostics.Stopwatch]::StartNew()
Import-Module $Module
$time = $watch.Elapsed.TotalMilliseconds

$runtime = [Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()
$engine = [IO.Path]::GetDirectoryName([psobject].Assembly.Location)
$others = foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    if ($before -contains $assembly -or $assembly.IsDynamic -or -not $assembly.Location) { continue }
    if ($assembly.Location.StartsWith($runtime) -or $assembly.Location.StartsWith($engine)) { continue }
    if (-not $assembly.GetName().Name.StartsWith('Kube.')) { $assembly.GetName().Name }
}
Write-Sample @{ Time = $time; Count = @($others).Count }
