BeforeAll {
    . "$PSScriptRoot/Place.ps1"
    $place = Enter-Place
    Import-Module "$ModulePath/Kube.psd1" -Force
}

AfterAll { Exit-Place $place }

Describe 'Importing' {
    It 'exports what the manifest lists, as cmdlets with approved verbs' {
        $manifest = Import-PowerShellDataFile "$ModulePath/Kube.psd1"
        $fresh = Invoke-Fresh "Import-Module '$ModulePath' -Verbose:`$false -WarningVariable w; `$w; (Get-Command -Module Kube | ForEach-Object { `"`$(`$_.CommandType) `$(`$_.Name)`" })"
        $fresh.Lines | Should -Be ($manifest.CmdletsToExport | Sort-Object | ForEach-Object { "Cmdlet $_" })
    }

    It 'loads no assembly but its own' {
        $fresh = Invoke-Fresh @"
            `$before = [AppDomain]::CurrentDomain.GetAssemblies()
            Import-Module '$ModulePath'
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_ -notin `$before -and `$_.Location -and -not `$_.Location.StartsWith(`$PSHOME) -and -not `$_.Location.StartsWith([Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) } |
                ForEach-Object { `$_.GetName().Name } | Sort-Object
"@
        $fresh.Lines | Should -Contain 'Kube.Module'
        $fresh.Lines | Should -BeLike 'Kube.*'
    }

    It 'happens by itself where the folder is in PSModulePath' {
        (Invoke-Fresh '(Get-Module Kube).Count; $null = Get-KubeCluster; (Get-Module Kube).Path').Lines | Should -Be '0', (Join-Path $ModulePath 'Kube.Module.dll')
    }

    It 'can be repeated with -Force, and undone, in a session that goes on' {
        $fresh = Invoke-Fresh @"
            Import-Module '$ModulePath'
            `$null = Start-KubeCluster again -Runtime Simulated -InMemory
            `$null = New-KubePod -Name one -Image busybox
            Import-Module '$ModulePath' -Force; Import-Module '$ModulePath' -Force
            (Get-KubePod).Name; (Get-KubePod one).Spec.containers[0].image; (Get-KubePod one | Select-Object spec).spec.containers[0].name
            Remove-Module Kube; Import-Module Kube
            (Get-KubePod one).Name
            Stop-KubeCluster again -Remove -Confirm:`$false
"@
        $fresh.Lines | Should -Be 'one', 'busybox', 'one', 'one'
    }

    It 'leaves another YamlDotNet in the session alone' {
        $fresh = Invoke-Fresh @"
            Add-Type -Path '$ModulePath/yaml/YamlDotNet.dll'
            `$null = Start-KubeCluster yaml -Runtime Simulated -InMemory
            `$pod = New-KubePod -Path '$Examples/web.yaml'
            (`$pod | ConvertTo-KubeYaml).Split("``n")[0]
            Stop-KubeCluster yaml -Remove -Confirm:`$false
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'YamlDotNet' } |
                ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name } | Sort-Object
"@
        $fresh.Lines | ForEach-Object TrimEnd | Should -Be 'kind: Pod', 'Default', 'Kube.Yaml'
    }
}

Describe 'In the background' {
    It 'starts a cluster whose starter can be captured, and that stays when its starter ends' {
        (Invoke-Fresh '(Start-KubeCluster stays -Runtime Simulated -InMemory).Name').Lines | Should -Be 'stays'
        (Get-KubeCluster stays).State | Should -Be Running
        Stop-KubeCluster stays -Remove -Confirm:$false
        Get-KubeCluster | Should -BeNullOrEmpty
    }

    It 'does nothing where a question cannot be answered' {
        $null = Start-KubeCluster asks -Runtime Simulated -InMemory
        $fresh = Invoke-Fresh 'try { Stop-KubeCluster asks -Remove } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }'
        $fresh.Lines[0] | Should -BeLike 'KubeConfirmationRequired,*'
        $fresh.Lines[1] | Should -BeLike '*-Confirm:$false*'
        (Get-KubeCluster asks).State | Should -Be Running
        Stop-KubeCluster asks -Remove -Confirm:$false
    }

    It 'ends with the status that a script asks for' {
        (Invoke-Fresh 'Get-KubeContext | Out-Null; exit 3').ExitCode | Should -Be 3
        (Invoke-Fresh '$ErrorActionPreference = "Stop"; Get-KubePod').ExitCode | Should -Be 1
    }
}
