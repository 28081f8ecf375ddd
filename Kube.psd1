@{
    RootModule           = 'Kube.Module.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '0c0f5f6e-7a3b-4a50-9a53-5a1d7f6f4c1e'
    Author               = 'The Kube authors'
    Copyright            = '(c) The Kube authors'
    Description          = 'Kubernetes for PowerShell: real objects in the pipeline, any cluster, and one of its own on the Docker Engine at hand.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    # Loaded before the types file, which names it; it loads Kube.Client.
    RequiredAssemblies   = @('Kube.Module.dll')
    FormatsToProcess     = @('Kube.Format.ps1xml')
    TypesToProcess       = @('Kube.Types.ps1xml')
    CmdletsToExport      = @(
        'Get-KubeAgent'
        'Start-KubeAgent'
        'Stop-KubeAgent'
        'Get-KubeApiResource'
        'Connect-KubeCluster'
        'Disconnect-KubeCluster'
        'Get-KubeCluster'
        'Start-KubeCluster'
        'Stop-KubeCluster'
        'Get-KubeConfigMap'
        'New-KubeConfigMap'
        'Remove-KubeConfigMap'
        'Test-KubeConnection'
        'Get-KubeContainerStatus'
        'Get-KubeContext'
        'Use-KubeContext'
        'Get-KubeDeployment'
        'New-KubeDeployment'
        'Remove-KubeDeployment'
        'Get-KubeEvent'
        'Get-KubeJob'
        'New-KubeJob'
        'Remove-KubeJob'
        'ConvertTo-KubeJson'
        'Invoke-KubeCommand'
        'Copy-KubeItem'
        'Get-KubeLog'
        'Get-KubeMetric'
        'Get-KubeNamespace'
        'New-KubeNamespace'
        'Remove-KubeNamespace'
        'Get-KubeNode'
        'Clear-KubeNode'
        'Suspend-KubeNode'
        'Resume-KubeNode'
        'Enter-KubePod'
        'Get-KubePod'
        'New-KubePod'
        'Remove-KubePod'
        'Wait-KubePod'
        'Watch-KubePod'
        'Get-KubePortForward'
        'Start-KubePortForward'
        'Stop-KubePortForward'
        'Get-KubeProxy'
        'Start-KubeProxy'
        'Stop-KubeProxy'
        'Get-KubeRegistryCredential'
        'Set-KubeRegistryCredential'
        'Test-KubeRegistryCredential'
        'New-KubeRegistrySecret'
        'Remove-KubeRegistryCredential'
        'Get-KubeReplicationController'
        'New-KubeReplicationController'
        'Remove-KubeReplicationController'
        'Get-KubeResource'
        'Get-KubeResourceHelp'
        'New-KubeResource'
        'Set-KubeResource'
        'Update-KubeResource'
        'Remove-KubeResource'
        'Compare-KubeResource'
        'Wait-KubeResource'
        'Watch-KubeResource'
        'Get-KubeRollout'
        'Restart-KubeRollout'
        'Undo-KubeRollout'
        'Wait-KubeRollout'
        'Set-KubeScale'
        'Get-KubeSecret'
        'New-KubeSecret'
        'Remove-KubeSecret'
        'Get-KubeService'
        'New-KubeService'
        'Remove-KubeService'
        'ConvertTo-KubeYaml'
        'ConvertFrom-KubeYaml'
        'Import-KubeManifest'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('Kubernetes', 'kubectl', 'Docker', 'containers', 'pods', 'PSEdition_Core', 'Windows', 'Linux', 'macOS')
            # The section of this version in CHANGELOG.md.
            ReleaseNotes = @'
### Added

- Cmdlets for pods, services, replication controllers, deployments, jobs, namespaces, nodes, events, config maps, secrets and any other kind, custom ones with the
  server's own columns, against any Kubernetes cluster; help on the fields of any kind.
- Manifests from a URL, a file or text, checked whole before the first object is created.
- Changes: server-side apply, patches, objects that were read, changed in place and piped back, comparison with the server's dry run, removal that waits.
- Watches that lose and repeat nothing over closed connections and restarts; waiting for conditions, JSON paths, script blocks and deletion, with the reason where it is in vain.
- The status of every container; logs, of many pods in the order of time, followed over broken connections and into pods that come later; commands, terminals, copies and port forwards.
- Rollouts, scale, cordon, drain with disruption budgets, metrics.
- Connections by kubeconfig with plugins, OIDC, proxies and impersonation, from within a cluster, or by address and credential with no file at all; a test of a connection that says which step fails.
- An embedded cluster, ready in about a second, whose pods run on the Docker Engine at hand or are simulated; CORS for its API, and a proxy that gives any cluster's API the same.
- An agent that makes the machine's Docker Engine a node of any cluster, embedded or real.
- Image pulls with the credentials of Docker's own configuration and of pull secrets, and cmdlets that keep and test them.
- Completion, help with runnable examples, and views.
'@
        }
    }
}
