# The first command of a process: its output is what is waited for, outside.
param($Module, $Kubeconfig, $Pod)
$ErrorActionPreference = 'Stop'

Import-Module $Module
if ($Kubeconfig) { $env:KUBECONFIG = $Kubeconfig; [Console]::Out.WriteLine((Get-KubePod $Pod).State) }
else { [Console]::Out.WriteLine((Get-Empty1)) }
