BeforeAll {
    . "$PSScriptRoot/Place.ps1"
    $place = Enter-Place
    Import-Module "$ModulePath/Kube.psd1" -Force
    $cluster = Start-KubeCluster pipeline -Runtime Simulated -InMemory
    foreach ($n in 1..3) { $null = New-KubePod -Name "web-$n" -Image "example.com/web:$n" -Label @{ app = 'web'; parity = "$($n % 2)" } -Port 80 -Environment @{ A = '1' } }
    $null = Wait-KubePod web-1, web-2, web-3 -TimeoutSec 30
    $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"mode":"dark","Count":"3"}}'
}

AfterAll { Exit-Place $place }

Describe 'Objects in the pipeline' {
    It 'are selected' {
        $row = Get-KubePod web-2 | Select-Object Name, RestartCount, spec, @{ n = 'Image'; e = { $_.Spec.containers[0].image } }
        $row.Name, $row.RestartCount, $row.Image, $row.Spec.nodeName | Should -Be 'web-2', 0, 'example.com/web:2', (Get-KubeNode).Name
        (Get-KubePod web-2 | Select-Object -ExpandProperty Spec | Select-Object restartPolicy).restartPolicy | Should -Be 'Always'
    }

    It 'are sorted' {
        (Get-KubePod | Sort-Object Name -Descending).Name | Should -Be 'web-3', 'web-2', 'web-1'
        (Get-KubePod | Sort-Object { $_.Labels.parity }, Name).Name | Should -Be 'web-2', 'web-1', 'web-3'
        (Get-KubePod | Sort-Object { $_.Spec.containers[0].image } -Descending)[0].Name | Should -Be 'web-3'
    }

    It 'are grouped and measured' {
        $groups = Get-KubePod | Group-Object { $_.Labels['parity'] }
        $groups.Name | Should -Be '0', '1'
        $groups | ForEach-Object Count | Should -Be 1, 2
        (Get-KubePod | Group-Object Phase).Name | Should -Be 'Running'
        (Get-KubePod | Measure-Object TotalContainers -Sum).Sum | Should -Be 3
    }

    It 'are filtered by <_>' -ForEach @('Where-Object Name -like *-2', 'Where-Object Name -eq web-2', 'Where Images -contains example.com/web:2', 'Where-Object { $_.Spec.containers.image -eq "example.com/web:2" }', 'Where-Object { $_.metadata.labels.parity -eq 0 }') {
        (& ([scriptblock]::Create("Get-KubePod | $_"))).Name | Should -Be 'web-2'
    }

    It 'are compared and told apart' {
        (Compare-Object (Get-KubePod web-1) (Get-KubePod web-2) -Property Name).Count | Should -Be 2
        (Get-KubePod | Where-Object Age -LT ([timespan]'01:00')).Count | Should -Be 3
        ((Get-Date) - (Get-KubePod web-1).CreationTimestamp).TotalMinutes | Should -BeLessThan 60
    }

    It 'show every member to Get-Member' {
        $members = Get-KubePod web-1 | Get-Member -MemberType Property
        $members.Name | Should -Contain 'RestartCount'
        $members.Name | Should -Contain 'Spec'
        (Get-KubeResource configmap settings | Get-Member -MemberType Property).Name | Should -Contain 'data'
        ((Get-KubePod web-1).Spec | Get-Member -MemberType Property).Name | Should -Contain 'containers'
    }

    It 'are changed in place' {
        $pod = Get-KubePod web-1
        $pod.spec.containers[0].image = 'x'
        $pod.spec.added = @{ deep = @{ er = 1 } }
        $pod.metadata.labels.new = 'y'
        $pod.Spec.containers[0].image, $pod.spec.added.deep.er, $pod.Labels.new | Should -Be 'x', 1, 'y'
        $document = $pod.ToJson() | ConvertFrom-Json
        $document.spec.containers[0].image, $document.spec.added.deep.er, $document.metadata.labels.new | Should -Be 'x', 1, 'y'
        { $pod.Ready = 'x' } | Should -Throw '*Ready*'
    }

    It 'are passed to Tee-Object, ForEach-Object and Join-String' {
        $null = Get-KubePod | Tee-Object -Variable seen
        $seen.Count | Should -Be 3
        Get-KubePod | ForEach-Object Name | Should -Be 'web-1', 'web-2', 'web-3'
        Get-KubePod | Join-String Name -Separator + | Should -Be 'web-1+web-2+web-3'
    }
}

Describe 'Objects in files and text' {
    It 'go to CSV and come back by name' {
        $file = Join-Path $place.Path 'pods.csv'
        Get-KubePod | Export-Csv $file
        $rows = Import-Csv $file
        $rows.Name | Should -Be 'web-1', 'web-2', 'web-3'
        $rows[0].State, $rows[0].Ready, $rows[0].RestartCount | Should -Be 'Running', '1/1', '0'
        ($rows | Get-KubePod).Name | Should -Be 'web-1', 'web-2', 'web-3'
        (Get-KubeContainerStatus | ConvertTo-Csv | ConvertFrom-Csv).Container | Should -Be 'web-1', 'web-2', 'web-3'
    }

    It 'go to CLIXML and come back with their values' {
        $file = Join-Path $place.Path 'pod.xml'
        Get-KubePod web-1 | Export-Clixml $file -Depth 4
        $pod = Import-Clixml $file
        $pod.Name, $pod.RestartCount, $pod.spec.restartPolicy | Should -Be 'web-1', 0, 'Always'
    }

    It 'go to JSON whole at any depth' {
        $pod = Get-KubePod web-1 | ConvertTo-Json -Depth 20 -WarningVariable cut | ConvertFrom-Json
        $cut | Should -BeNullOrEmpty
        $pod.Name, $pod.spec.containers[0].env[0].name, $pod.status.phase | Should -Be 'web-1', 'A', 'Running'
        $spec = (Get-KubePod web-1).Spec | ConvertTo-Json -Depth 20 | ConvertFrom-Json
        $spec.containers[0].ports[0].containerPort, $spec.nodeName | Should -Be 80, (Get-KubeNode).Name
        (Get-KubeResource configmap settings | ConvertTo-Json | ConvertFrom-Json).data.mode | Should -Be 'dark'
    }

    It 'go to the exact document with ConvertTo-KubeJson and ConvertTo-KubeYaml' {
        (Get-KubePod web-1 | ConvertTo-KubeJson | ConvertFrom-Json).spec.containers[0].env[0].value | Should -Be '1'
        Get-KubePod web-1 | ConvertTo-KubeYaml | Should -Match '(?m)^      value: "1"$'
    }

    It 'make tables and lists' {
        $PSStyle.OutputRendering = 'PlainText'
        Get-KubePod | Out-String -Width 80 | Should -Match '(?m)^default +web-1 +1/1 +Running +0 '
        Get-KubePod | Format-Table -View wide | Out-String -Width 200 | Should -Match ' PodIP '
        Get-KubePod web-1 | Format-List * | Out-String | Should -Match '(?m)^ContainerStatuses : '
        Get-KubePod | Format-Table Name, @{ n = 'Node'; e = { $_.spec.nodeName } } | Out-String | Should -Match 'web-3'
        (Get-KubePod web-1).Spec.containers | Format-Table name, image | Out-String | Should -Match 'web-1 +example.com/web:1'
    }

    It 'stay short after objects of another type, where no view is used' {
        $text = & { $cluster; Get-KubePod web-1; Get-KubeResource configmap settings } | Out-String -Width 120
        $text | Should -Match '(?m)^RestartCount +: 0'
        $text | Should -Match '(?m)^Kind +: ConfigMap'
        $text | Should -Not -Match 'Annotations|terminationGracePeriodSeconds'
    }

    It 'are the same in another culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $pod = Get-KubePod web-1
            $pod.spec.ratio = 1.5
            $pod.ToJson() | Should -Match '"ratio":1\.5'
            $pod | ConvertTo-KubeYaml | Should -Match '(?m)^  ratio: 1\.5'
            $pod.Metadata.creationTimestamp | Should -Match '^\d{4}-\d\d-\d\dT'
            $pod | Out-String | Should -Match 'web-1'
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }

    It 'are in a transcript, and no password is' {
        $file = Join-Path $place.Path 'transcript.txt'
        $password = [guid]::NewGuid().ToString()
        $null = Start-Transcript $file
        try {
            Get-KubePod web-1 | Out-Default
            Get-KubePod absent -ErrorAction Continue 2>&1 | Out-Default
            Set-KubeRegistryCredential registry.example.com ([pscredential]::new('kube', (ConvertTo-SecureString $password -AsPlainText -Force))) -Verbose
            Get-KubeRegistryCredential | Format-List * | Out-Default
        }
        finally { $null = Stop-Transcript }
        $text = Get-Content $file -Raw
        $text | Should -Match 'web-1'
        $text | Should -Match 'absent'
        $text | Should -Match 'registry.example.com'
        $text | Should -Not -Match $password
    }
}

Describe 'Streams' {
    It 'end with Select-Object -First' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Get-KubeLog web-1 -Follow | Select-Object -First 1).Line | Should -BeLike 'web-1 of default/web-1 started*'
        (Get-KubePod | Select-Object -First 2).Name | Should -Be 'web-1', 'web-2'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'end with a job that is stopped' {
        $job = Start-ThreadJob { param($cluster) Get-KubeLog web-1 -Follow -Connection $cluster } -ArgumentList $cluster
        Wait-Until { $job.Output.Count -gt 0 }
        $job | Stop-Job
        $job.State | Should -Be Stopped
        $job | Remove-Job
    }

    It 'write one error for what is missing, and go on' {
        $pods = Get-KubePod web-1, absent, web-3 -ErrorVariable missing -ErrorAction SilentlyContinue
        $pods.Name | Should -Be 'web-1', 'web-3'
        $missing.FullyQualifiedErrorId | Should -BeLike 'KubeNotFound,*'
    }
}

Describe 'Runspaces side by side' {
    It 'take the cluster for a connection' {
        1..6 | ForEach-Object -ThrottleLimit 3 -Parallel { (Get-KubePod web-1 -Connection $using:cluster).Name } | Should -Be (@('web-1') * 6)
    }

    It 'act on objects from another runspace where they came from' {
        (Get-KubePod | ForEach-Object -Parallel { ($_ | Get-KubePod).Name + '=' + $_.Spec.containers[0].image }) | Sort-Object |
            Should -Be 'web-1=example.com/web:1', 'web-2=example.com/web:2', 'web-3=example.com/web:3'
    }

    It 'have no connection of their own' {
        1 | ForEach-Object -Parallel { try { Get-KubePod } catch { $_.FullyQualifiedErrorId } } | Should -BeLike 'KubeNotConnected,*'
    }

    It 'are thread jobs too' {
        Start-ThreadJob { (Get-KubePod -Connection $using:cluster).Name } | Receive-Job -Wait -AutoRemoveJob | Should -Be 'web-1', 'web-2', 'web-3'
    }
}
