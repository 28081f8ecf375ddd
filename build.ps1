#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests or packs Kube: a thin layer over dotnet.
.DESCRIPTION
    Build lays the importable module out in out/Kube. Test builds, runs every xunit project and, where Pester 5 is installed, the suite in
    tests/Pester against the package, unpacked; ./tests/run.sh also installs and starts what some of the tests need. Pack makes the package
    that Publish-PSResource -NupkgPath takes, in out.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Test -Configuration Release
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack')]
    [string[]] $Task = 'Build',

    # Debug, but Release for Pack.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = ($Task -contains 'Pack' ? 'Release' : 'Debug')
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'Kube.Module.sln'
$out = Join-Path $PSScriptRoot 'out'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) ended with status $LASTEXITCODE." }
}

function Build { Invoke-Dotnet build $solution --configuration $Configuration --verbosity quiet '-consoleLoggerParameters:NoSummary' }

function Pack {
    # Lays out, checks and packs a folder of its own: nothing that an older build left is in it.
    Invoke-Dotnet pack (Join-Path $PSScriptRoot 'src' 'Kube.Package') --configuration $Configuration --output $out --verbosity quiet | Out-Host
    Get-Item (Join-Path $out "Kube.$((Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Kube.psd1')).ModuleVersion).nupkg")
}

# On the module as it is packed, in a process of its own, which lets go of the module's assemblies.
function Test-Pester {
    if (-not (Get-Module Pester -ListAvailable | Where-Object Version -GE ([version]'5.0'))) {
        Write-Warning 'Pester 5 is not installed, so tests/Pester is not run: Install-PSResource Pester.'
        return
    }
    $unpacked = Join-Path $out 'unpacked' 'Kube'
    if (Test-Path $unpacked) { Remove-Item $unpacked -Recurse -Force }
    [IO.Compression.ZipFile]::ExtractToDirectory((Pack).FullName, $unpacked)
    $env:KUBE_PESTER_MODULE = $unpacked
    $suite = (Join-Path $PSScriptRoot 'tests' 'Pester').Replace("'", "''")
    & (Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')) -NoProfile -NonInteractive -Command "Import-Module Pester -MinimumVersion 5.0; Invoke-Pester -Path '$suite' -Output Normal -PassThru | ForEach-Object { exit [Math]::Min(`$_.FailedCount + `$_.FailedContainersCount, 1) }"
    if ($LASTEXITCODE -ne 0) { throw 'Tests in tests/Pester have failed.' }
}

foreach ($name in $Task) {
    switch ($name) {
        Build { Build }
        Test {
            Build
            Invoke-Dotnet test --solution $solution --configuration $Configuration --no-build --max-parallel-test-modules 1
            Test-Pester
        }
        Pack { Pack }
    }
}
