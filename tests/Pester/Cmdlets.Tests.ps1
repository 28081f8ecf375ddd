# The smoke path of every cmdlet that the manifest exports: one without a case here fails.

BeforeDiscovery {
    $exported = (Import-PowerShellDataFile "$PSScriptRoot/../../Kube.psd1").CmdletsToExport | Sort-Object
}

BeforeAll {
    . "$PSScriptRoot/Place.ps1"
    $place = Enter-Place
    Import-Module "$ModulePath/Kube.psd1" -Force
    $cluster = Start-KubeCluster smoke -Runtime Simulated -InMemory
    $null = New-KubePod -Name web -Image busybox:1.35
    $null = Wait-KubePod web -TimeoutSec 30
    $password = ConvertTo-SecureString 's:e/c+ret' -AsPlainText -Force
    $credential = [pscredential]::new('kube', $password)
    $controller = '{"apiVersion":"v1","kind":"ReplicationController","metadata":{"name":"NAME"},"spec":{"replicas":1,"selector":{"app":"NAME"},"template":{"metadata":{"labels":{"app":"NAME"}},"spec":{"containers":[{"name":"c","image":"busybox:1.35"}]}}}}'
    $service = '{"apiVersion":"v1","kind":"Service","metadata":{"name":"NAME"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}'

    $smoke = @{
        'Start-KubeCluster'                = { $second = Start-KubeCluster smoke-2 -Runtime Simulated -InMemory; $second.State, $second.Runtime | Should -Be 'Running', 'Simulated'; Stop-KubeCluster smoke-2 -Remove -Confirm:$false }
        'Stop-KubeCluster'                 = { $null = Start-KubeCluster smoke-3 -Runtime Simulated -InMemory; Stop-KubeCluster smoke-3 -Remove -Confirm:$false; Get-KubeCluster | ForEach-Object Name | Should -Not -Contain 'smoke-3'; { Get-KubePod } | Should -Throw -ErrorId 'KubeNotConnected,*' }
        'Get-KubeCluster'                  = { (Get-KubeCluster smoke).Server | Should -Be $cluster.Server; (Get-KubeCluster sm*).Token | Should -BeNullOrEmpty }
        'Connect-KubeCluster'              = { (Connect-KubeCluster smoke -KubeConfigPath $cluster.KubeConfigPath).Name | Should -Be 'smoke'; (Get-KubePod web).Name | Should -Be 'web'; $token = ConvertTo-SecureString (Get-KubeCluster smoke -IncludeToken).Token -AsPlainText -Force; (Connect-KubeCluster -Uri $cluster.Server -Token $token -CertificateAuthority $cluster.CertificateAuthorityPath).Server | Should -Be $cluster.Server; (Get-KubePod web).Name | Should -Be 'web' }
        'Disconnect-KubeCluster'           = { Disconnect-KubeCluster; { Get-KubePod } | Should -Throw -ErrorId 'KubeNotConnected,*' }
        'Get-KubeContext'                  = { Copy-Item $cluster.KubeConfigPath $env:KUBECONFIG; (Get-KubeContext).Name | Should -Be 'smoke' }
        'Start-KubeProxy'                  = { $proxy = Start-KubeProxy smoke -Connection $cluster -ReadOnly; $proxy.ClusterServer | Should -Be $cluster.Server; (Connect-KubeCluster -KubeConfigPath $proxy.KubeConfigPath).Server | Should -Be $proxy.Server; (Get-KubePod web).Name | Should -Be 'web'; Stop-KubeProxy smoke -Remove }
        'Get-KubeProxy'                    = { $null = Start-KubeProxy smoke-2 -Connection $cluster; (Get-KubeProxy smoke-2).Token | Should -BeNullOrEmpty; (Get-KubeProxy smoke-2 -IncludeToken).Token | Should -Not -BeNullOrEmpty; Stop-KubeProxy smoke-2 -Remove }
        'Stop-KubeProxy'                   = { $null = Start-KubeProxy smoke-3 -Connection $cluster; (Stop-KubeProxy smoke-3 -PassThru).State | Should -Be 'Stopped'; Stop-KubeProxy smoke-3 -Remove; Get-KubeProxy smoke-3* | Should -BeNullOrEmpty }
        'Start-KubeAgent'                  = { $agent = Start-KubeAgent smoke-far -Connection $cluster -Runtime Simulated -Taint 'smoke:NoSchedule'; $agent.State, $agent.ClusterServer | Should -Be 'Running', $cluster.Server; (Get-KubeNode smoke-far -Connection $cluster).State | Should -Be 'Ready'; Stop-KubeAgent smoke-far -Remove }
        'Get-KubeAgent'                    = { $null = Start-KubeAgent smoke-far -Connection $cluster -Runtime Simulated -Taint 'smoke:NoSchedule'; (Get-KubeAgent smoke-f*).Runtime | Should -Be 'Simulated'; Stop-KubeAgent smoke-far -Remove }
        'Stop-KubeAgent'                   = { $null = Start-KubeAgent smoke-far -Connection $cluster -Runtime Simulated -Taint 'smoke:NoSchedule'; (Stop-KubeAgent smoke-far -PassThru).State | Should -Be 'Stopped'; Stop-KubeAgent smoke-far -Remove; Get-KubeAgent smoke-f* | Should -BeNullOrEmpty }
        'Test-KubeConnection'              = { $test = Test-KubeConnection -Connection $cluster; $test.IsUsable, $test.IsTrusted | Should -Be $true, $true; $test.Allowed | Should -Contain 'list pods'; Test-KubeConnection nowhere -Quiet | Should -BeFalse }
        'Use-KubeContext'                  = { Copy-Item $cluster.KubeConfigPath $env:KUBECONFIG; Disconnect-KubeCluster; Use-KubeContext smoke; (Get-KubePod web).Name | Should -Be 'web' }
        'Get-KubeNode'                     = { (Get-KubeNode).State | Should -Be 'Ready' }
        'Clear-KubeNode'                   = { $null = New-KubePod -Name cleared -Image busybox:1.35 -Label @{ app = 'cleared' } | Wait-KubePod -TimeoutSec 30; (Clear-KubeNode * -PodSelector app=cleared -Force -PassThru -Confirm:$false).Unschedulable | Should -BeTrue; Get-KubePod cleared* | Should -BeNullOrEmpty; Resume-KubeNode * }
        'Suspend-KubeNode'                 = { Get-KubeNode | Suspend-KubeNode; (Get-KubeNode).Unschedulable | Should -BeTrue; Resume-KubeNode * }
        'Resume-KubeNode'                  = { Suspend-KubeNode *; (Resume-KubeNode * -PassThru).Unschedulable | Should -BeFalse }
        'Get-KubeMetric'                   = { (Get-KubeMetric web).Cpu | Should -Be 0; (Get-KubeNode | Get-KubeMetric).Kind | Should -Be 'Node' }
        'Get-KubeEvent'                    = { (Get-KubePod web | Get-KubeEvent).Reason | Should -Contain 'Started' }
        'Get-KubePod'                      = { (Get-KubePod w*).State | Should -Be 'Running' }
        'Get-KubeApiResource'              = { (Get-KubeApiResource po).Kind | Should -Be 'Pod' }
        'Set-KubeResource'                 = { (Set-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: set }, data: { a: b } }').data.a | Should -Be 'b' }
        'Update-KubeResource'              = { (Update-KubeResource pod web @{ metadata = @{ labels = @{ tier = 'front' } } } -PassThru).Labels['tier'] | Should -Be 'front' }
        'Compare-KubeResource'             = { (Compare-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: compared }, data: { a: b } }').Path | Should -Contain 'data.a'; Get-KubeResource cm compared* | Should -BeNullOrEmpty }
        'Wait-KubeResource'                = { (Get-KubePod web | Wait-KubeResource -TimeoutSec 30).Name | Should -Be 'web' }
        'Import-KubeManifest'              = { (Import-KubeManifest -Path "$Examples/web.yaml").Kind | Should -Be 'Pod' }
        'ConvertFrom-KubeYaml'             = { ('a: {b: 0644}' | ConvertFrom-KubeYaml).a.b | Should -Be 420 }
        'New-KubePod'                      = { (New-KubePod -Path "$Examples/web.yaml" -WhatIf) | Should -BeNullOrEmpty; (New-KubePod -Name created -Image busybox:1.35).Name | Should -Be 'created' }
        'Remove-KubePod'                   = { $null = New-KubePod -Name gone -Image busybox:1.35; Get-KubePod gone | Remove-KubePod -GracePeriod 0; Wait-Until { -not (Get-KubePod g*) } }
        'Wait-KubePod'                     = { $null = New-KubePod -Name awaited -Image busybox:1.35; (Wait-KubePod awaited -TimeoutSec 30).State | Should -Be 'Running' }
        'Watch-KubePod'                    = { (New-KubePod -Name watched -Image busybox:1.35 | Watch-KubePod -Until { $_.Object.State -eq 'Running' } -TimeoutSec 30).Type | Should -Contain 'Modified' }
        'Watch-KubeResource'               = { (Watch-KubeResource pods,services -IncludeInitial | Select-Object -First 2).Type | Should -Be 'Added', 'Added' }
        'Get-KubeContainerStatus'          = { $status = Get-KubePod web | Get-KubeContainerStatus; $status.State, $status.RestartCount | Should -Be 'Running', 0 }
        'Get-KubeLog'                      = { (Get-KubeLog web -Tail 1).Line | Should -BeLike 'web of default/web started*'; Get-KubeLog web -Raw -Timestamps -Since '01:00:00' | Should -Match '^\d{4}-\d\d-\d\dT\S+Z web of default/web started'; Get-KubeLog web -Raw -LimitBytes 3 | Should -Be 'web'; (Get-KubeLog web -AllContainers -SinceTime (Get-Date).AddHours(-1)).Container | Should -Contain 'web' }
        'Invoke-KubeCommand'               = { (Invoke-KubeCommand -Pod web -AsResult -- uptime).ExitCode | Should -Be 0 }
        'Enter-KubePod'                    = { (Invoke-Fresh "`$null = Connect-KubeCluster smoke -KubeConfigPath '$($cluster.KubeConfigPath)'; try { Enter-KubePod web } catch { `$_.FullyQualifiedErrorId }").Lines | Should -BeLike 'KubeTerminalMissing,*' }
        'Copy-KubeItem'                    = { Copy-KubeItem "$Examples/web.yaml" -Destination /tmp/ -ToPod web -WhatIf | Should -BeNullOrEmpty; { Copy-KubeItem "$Examples/absent.yaml" -Destination /tmp/ -ToPod web -ErrorAction Stop } | Should -Throw }
        'Start-KubePortForward'            = { $forward = Start-KubePortForward web :80; $forward.State, $forward.Remote | Should -Be 'Listening', 80; $forward | Stop-KubePortForward }
        'Get-KubePortForward'              = { $forward = Start-KubePortForward web :80; (Get-KubePortForward).Local | Should -Be $forward.Local; $forward | Stop-KubePortForward }
        'Stop-KubePortForward'             = { Start-KubePortForward web :80 | Stop-KubePortForward; Get-KubePortForward | Should -BeNullOrEmpty }
        'Get-KubeNamespace'                = { (Get-KubeNamespace).Name | Should -Contain 'kube-system' }
        'New-KubeNamespace'                = { (New-KubeNamespace smoke-new).Name | Should -Be 'smoke-new' }
        'Remove-KubeNamespace'             = { $null = New-KubeNamespace smoke-old; Remove-KubeNamespace smoke-old -Confirm:$false; Wait-Until { -not (Get-KubeNamespace smoke-o*) } }
        'Get-KubeReplicationController'    = { $null = New-KubeReplicationController -Manifest $controller.Replace('NAME', 'rc-get'); (Get-KubeReplicationController rc-get).Desired | Should -Be 1 }
        'New-KubeReplicationController'    = { (New-KubeReplicationController -Manifest $controller.Replace('NAME', 'rc-new')).Name | Should -Be 'rc-new'; Wait-Until { Get-KubePod -LabelSelector app=rc-new } }
        'Remove-KubeReplicationController' = { $null = New-KubeReplicationController -Manifest $controller.Replace('NAME', 'rc-old'); Remove-KubeReplicationController rc-old; Wait-Until { -not (Get-KubeReplicationController rc-o*) } }
        'Get-KubeService'                  = { (Get-KubeService kubernetes).Name | Should -Be 'kubernetes' }
        'New-KubeService'                  = { (New-KubeService -Manifest $service.Replace('NAME', 'svc-new')).Name | Should -Be 'svc-new' }
        'Remove-KubeService'               = { $null = New-KubeService -Manifest $service.Replace('NAME', 'svc-old'); Remove-KubeService svc-old; Get-KubeService svc-o* | Should -BeNullOrEmpty }
        'Get-KubeConfigMap'                = { $null = New-KubeConfigMap cm-get -Data @{ a = '1' }; (Get-KubeConfigMap cm-get).DataCount | Should -Be 1 }
        'New-KubeConfigMap'                = { (New-KubeConfigMap cm-new -FromFile "page=$Examples/web.yaml").data.page | Should -BeLike '*kind: Pod*' }
        'Remove-KubeConfigMap'             = { $null = New-KubeConfigMap cm-old; Remove-KubeConfigMap cm-old; Get-KubeConfigMap cm-o* | Should -BeNullOrEmpty }
        'Get-KubeDeployment'               = { $null = New-KubeDeployment deploy-get busybox:1.35; Wait-Until { (Get-KubeDeployment deploy-get).Available -eq 1 } }
        'New-KubeDeployment'               = { (New-KubeDeployment deploy-new busybox:1.35 -Replicas 2).Replicas | Should -Be 2 }
        'Remove-KubeDeployment'            = { $null = New-KubeDeployment deploy-old busybox:1.35; Remove-KubeDeployment deploy-old; Wait-Until { -not (Get-KubePod -LabelSelector app=deploy-old) } }
        'Get-KubeJob'                      = { $null = New-KubeJob job-get busybox:1.35; (Get-KubeJob job-get).Completions | Should -Be '0/1' }
        'New-KubeJob'                      = { (New-KubeJob job-new busybox:1.35 -Completions 2).Completions | Should -Be '0/2' }
        'Remove-KubeJob'                   = { $null = New-KubeJob job-old busybox:1.35; Remove-KubeJob job-old; Wait-Until { -not (Get-KubePod -LabelSelector job-name=job-old) } }
        'Get-KubeSecret'                   = { $null = New-KubeSecret secret-get -Data @{ a = $password }; (Get-KubeSecret secret-get -Key a).Length | Should -Be 9; Get-KubeSecret secret-get -Key a -AsPlainText | Should -Be 's:e/c+ret' }
        'New-KubeSecret'                   = { (New-KubeSecret secret-new -Credential $credential).type | Should -Be 'kubernetes.io/basic-auth' }
        'Remove-KubeSecret'                = { $null = New-KubeSecret secret-old; Remove-KubeSecret secret-old; Get-KubeSecret secret-o* | Should -BeNullOrEmpty }
        'Set-KubeScale'                    = { $null = New-KubeDeployment scaled busybox:1.35; (Set-KubeScale deployment scaled 2 -Wait -TimeoutSec 30 -PassThru).Ready | Should -Be '2/2' }
        'Get-KubeRollout'                  = { $null = New-KubeDeployment rollout-get busybox:1.35; Wait-Until { (Get-KubeRollout deploy rollout-get).Revision -eq 1 } }
        'Restart-KubeRollout'              = { $null = New-KubeDeployment rollout-new busybox:1.35 | Wait-KubeRollout -TimeoutSec 30; Get-KubeDeployment rollout-new | Restart-KubeRollout; Wait-Until { @(Get-KubeRollout deploy rollout-new).Count -eq 2 } }
        'Undo-KubeRollout'                 = { $null = New-KubeDeployment rollout-old busybox:1.35 | Wait-KubeRollout -TimeoutSec 30; Restart-KubeRollout deploy rollout-old; Wait-Until { @(Get-KubeRollout deploy rollout-old).Count -eq 2 }; Undo-KubeRollout deploy rollout-old; Wait-Until { (Get-KubeRollout deploy rollout-old).Revision -contains 3 } }
        'Wait-KubeRollout'                 = { $null = New-KubeDeployment rollout-wait busybox:1.35; (Wait-KubeRollout deploy rollout-wait -TimeoutSec 30).Ready | Should -Be '1/1' }
        'Get-KubeResource'                 = { (Get-KubeResource po web).Name | Should -Be 'web'; (Get-KubeResource nodes).Kind | Should -Be 'Node' }
        'Get-KubeResourceHelp'             = { (Get-KubeResourceHelp pod.spec.containers.image).Type | Should -Be 'string'; (Get-KubeResourceHelp pod.spec).Fields.Name | Should -Contain 'containers' }
        'New-KubeResource'                 = { (New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'made' }; data = @{ a = '1' } }).data.a | Should -Be '1' }
        'Remove-KubeResource'              = { $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"old"}}'; Remove-KubeResource configmap old; Get-KubeResource configmap ol* | Should -BeNullOrEmpty }
        'ConvertTo-KubeJson'               = { (Get-KubePod web | ConvertTo-KubeJson | ConvertFrom-Json).metadata.name | Should -Be 'web' }
        'ConvertTo-KubeYaml'               = { Get-KubePod web | ConvertTo-KubeYaml | Should -Match '(?m)^kind: Pod$' }
        'Get-KubeRegistryCredential'       = { Set-KubeRegistryCredential get.example.com $credential; (Get-KubeRegistryCredential get.example.com).UserName | Should -Be 'kube' }
        'Set-KubeRegistryCredential'       = { (Set-KubeRegistryCredential set.example.com $credential -PassThru).Registry | Should -Be 'set.example.com'; Join-Path $env:DOCKER_CONFIG config.json | Should -FileContentMatch 'set.example.com' }
        'Remove-KubeRegistryCredential'    = { Set-KubeRegistryCredential old.example.com $credential; Remove-KubeRegistryCredential old.example.com -Confirm:$false; Join-Path $env:DOCKER_CONFIG config.json | Should -Not -FileContentMatch 'old.example.com' }
        'Test-KubeRegistryCredential'      = { $answer = Test-KubeRegistryCredential localhost:1 -Credential $credential; $answer.IsGranted, $answer.UserName | Should -Be $false, 'kube'; $answer.Message | Should -BeLike '*not reached*' }
        'New-KubeRegistrySecret'           = { $secret = New-KubeRegistrySecret pull registry.example.com $credential; $secret.Name, $secret.type | Should -Be 'pull', 'kubernetes.io/dockerconfigjson' }
    }
}

AfterAll { Exit-Place $place }

Describe 'Every cmdlet' {
    BeforeEach { $null = Connect-KubeCluster smoke -KubeConfigPath $cluster.KubeConfigPath }

    It '<_> does what it is for' -ForEach $exported {
        $smoke.Keys | Should -Contain $_ -Because 'every cmdlet has a case in this file'
        & $smoke[$_]
    }
}
