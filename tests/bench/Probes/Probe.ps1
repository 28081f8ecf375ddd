# What every probe starts with. Only the engine's own cmdlets are at hand.

$ErrorActionPreference = 'Stop'

function Write-Sample([hashtable] $Values) {
    foreach ($name in $Values.Keys) { [Console]::Out.WriteLine("$name=" + ([double]$Values[$name]).ToString([cultureinfo]::InvariantCulture)) }
}

# From here on the peak is that of what comes. Where the system cannot forget the earlier one, what is reported is too much rather than too little.
function Start-MemoryMeasure {
    [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
    if ([IO.File]::Exists('/proc/self/clear_refs')) { [IO.File]::WriteAllText('/proc/self/clear_refs', '5') }
    [Diagnostics.Process]::GetCurrentProcess().WorkingSet64
}

function Stop-MemoryMeasure([long] $Before) {
    $process = [Diagnostics.Process]::GetCurrentProcess()
    ([Math]::Max($process.PeakWorkingSet64, $process.WorkingSet64) - $Before) / 1e6
}
