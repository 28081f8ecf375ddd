# What every file of this suite starts from: the module as it is packed (build.ps1 unpacks the package and says where) or as the build lays it
# out, and folders of its own for all that Kube keeps.

$Root = (Resolve-Path "$PSScriptRoot/../..").Path
$ModulePath = $env:KUBE_PESTER_MODULE ? $env:KUBE_PESTER_MODULE : [IO.Path]::Combine($Root, 'out', 'Kube')
$Examples = [IO.Path]::Combine($Root, 'docs', 'examples')

# Simulated pods that start at once; their own kubeconfig, so that the user's is neither read nor written.
function Enter-Place {
    if (-not (Test-Path "$ModulePath/Kube.psd1")) { throw "There is no module in '$ModulePath': build it first (./build.ps1 -Task Build)." }
    $path = [IO.Path]::Combine([IO.Path]::GetTempPath(), "kube-pester-$([guid]::NewGuid().ToString('n').Substring(0, 8))")
    $null = New-Item -ItemType Directory $path
    $place = [pscustomobject]@{ Path = $path; Before = @{} }
    $own = @{
        KUBE_HOME     = Join-Path $path 'home'
        KUBECONFIG    = Join-Path $path 'config'
        DOCKER_CONFIG = Join-Path $path 'docker'
        PSModulePath  = (Split-Path $ModulePath) + [IO.Path]::PathSeparator + $env:PSModulePath
    }
    foreach ($name in $own.Keys) {
        $place.Before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $own[$name])
    }
    $place
}

function Exit-Place($Place) {
    Get-KubeCluster | Where-Object State -EQ Running | ForEach-Object { Stop-KubeCluster $_.Name -Remove -Confirm:$false }
    foreach ($name in $Place.Before.Keys) { [Environment]::SetEnvironmentVariable($name, $Place.Before[$name]) }
    Remove-Item $Place.Path -Recurse -Force
}

# A PowerShell of its own, with nothing loaded and its input at the end. Standard output and errors come as lines.
function Invoke-Fresh([string] $Script) {
    $pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    $lines = $null | & $pwsh -NoLogo -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; $Script" 2>&1
    [pscustomobject]@{ ExitCode = $LASTEXITCODE; Lines = @($lines | ForEach-Object { "$_" }) }
}

# Repeats a condition until it holds.
function Wait-Until([scriptblock] $Condition, [int] $Seconds = 30) {
    $end = [datetime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ([datetime]::UtcNow -gt $end) { throw "This did not come true within $Seconds s: $Condition" }
        Start-Sleep -Milliseconds 100
    }
}
