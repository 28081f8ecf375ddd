# Runs every *.input of a folder, and writes of each its name and what it shows.
param([string] $Folder)
$ErrorActionPreference = 'Continue'
[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
$PSStyle.OutputRendering = 'PlainText'
foreach ($file in [IO.Directory]::GetFiles($Folder, '*.input') | Sort-Object) {
    "=== $([IO.Path]::GetFileNameWithoutExtension($file))"
    $script = [scriptblock]::Create([IO.File]::ReadAllText($file))
    (& { & $script *>&1 } | Out-String -Width 100).Replace("`r`n", "`n")
}
