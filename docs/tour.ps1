# From nothing to pods in the pipeline, in a minute. Run it with:
#   dotnet run --project src/Kube.Shell -- -File docs/tour.ps1
# It keeps to itself: a kubeconfig, a cluster and a web server of its own, all gone at the end.

$ErrorActionPreference = 'Stop'

function Show([string] $Text) { Write-Host "`n# $Text" -ForegroundColor Cyan }

function Wait-Until([scriptblock] $Condition, [int] $Seconds = 30) {
    $end = (Get-Date).AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ((Get-Date) -gt $end) { throw "This did not come true within $Seconds s: $Condition" }
        Start-Sleep -Milliseconds 200
    }
}

# The manifests are fetched over HTTP, as from any web site; here they are served from docs/examples, as there may be no internet.
function Start-ExampleServer {
    $socket = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $socket.Start()
    $port = $socket.LocalEndpoint.Port
    $socket.Stop()
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $shell = [PowerShell]::Create([initialsessionstate]::CreateDefault2()).AddScript({
        param($Listener, $Folder)
        while ($Listener.IsListening) {
            $request = $Listener.GetContext()
            $file = [IO.Path]::Combine($Folder, [IO.Path]::GetFileName($request.Request.Url.AbsolutePath))
            if ([IO.File]::Exists($file)) {
                $bytes = [IO.File]::ReadAllBytes($file)
                $request.Response.ContentType = 'application/yaml'
                $request.Response.OutputStream.Write($bytes, 0, $bytes.Length)
            }
            else { $request.Response.StatusCode = 404 }
            $request.Response.Close()
        }
    }).AddArgument($listener).AddArgument([IO.Path]::Combine($PSScriptRoot, 'examples'))
    $null = $shell.BeginInvoke()
    [pscustomobject]@{ Url = "http://127.0.0.1:$port"; Listener = $listener }
}

function New-TourPod {
    New-KubePod -Uri "$($examples.Url)/web.yaml" | Out-Host
    New-KubePod -Uri "$($examples.Url)/crash.yaml" | Out-Host
    New-KubeReplicationController -Uri "$($examples.Url)/workers.yaml" | Out-Host
}

# Real containers need an engine that has, or can pull, the image of the examples.
function Test-TourImage {
    Wait-Until { (Get-KubePod web).State -notin 'Pending', 'ContainerCreating' }
    (Get-KubePod web).State -notin 'ErrImagePull', 'ImagePullBackOff'
}

$kubeconfig = $env:KUBECONFIG
$env:KUBECONFIG = [IO.Path]::Combine([IO.Path]::GetTempPath(), "kube-tour-$PID.config")
$examples = Start-ExampleServer
try {
    Show 'Start-KubeCluster: a cluster of your own'
    $cluster = Start-KubeCluster -Name tour -Runtime Auto -InMemory -WarningAction SilentlyContinue
    if ($cluster.Runtime -eq 'Simulated') { Write-Host 'No Docker Engine answers: the pods of this tour are simulated.' }
    $cluster | Out-Host

    Show 'New-KubePod -Uri: pods from manifests on the web'
    New-TourPod
    if (-not (Test-TourImage)) {
        Write-Host 'The Docker Engine cannot pull busybox:1.35: from here on the pods of this tour are simulated.'
        Stop-KubeCluster -Name tour -Remove -Confirm:$false
        $null = Start-KubeCluster -Name tour -Runtime Simulated -InMemory
        New-TourPod
    }

    Show 'Wait until they run'
    $null = Wait-KubePod web -TimeoutSec 60
    Wait-Until { (Get-KubeReplicationController workers).Ready -eq 2 }
    Wait-Until { Get-KubePod | Where-Object RestartCount -gt 0 }

    Show 'Get-KubePod'
    Get-KubePod | Out-Host

    Show 'Get-KubePod | Where RestartCount -gt 0'
    Get-KubePod | Where RestartCount -gt 0 | Out-Host

    Show 'Get-KubePod crash | Get-KubeContainerStatus: why it restarts'
    Get-KubePod crash | Get-KubeContainerStatus | Out-Host

    Show 'Get-KubePod crash | Get-KubeLog -Previous: its last words'
    Get-KubePod crash | Get-KubeLog -Previous

    Show 'Get-KubePod wbe: an error says what to do'
    Get-KubePod wbe -ErrorAction Continue

    Show 'Get-KubePod | Remove-KubePod: and it is gone'
    Get-KubePod -LabelSelector app=web | Remove-KubePod
    Remove-KubePod crash
    Remove-KubeReplicationController workers
    Wait-Until { -not (Get-KubePod) }
    'No pods are left.'
}
finally {
    $examples.Listener.Stop()
    if (Get-KubeCluster -Name tour -ErrorAction SilentlyContinue) { Stop-KubeCluster -Name tour -Remove -Confirm:$false }
    $env:KUBECONFIG = $kubeconfig
}
