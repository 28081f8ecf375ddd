using System.Net;

namespace Kube.Module.Tests.Help;

/// <summary>
/// The world that the examples of the help speak of: a cluster of simulated pods with the contexts <c>production</c> and <c>staging</c> in the kubeconfig,
/// a folder with manifests, credentials for two registries, a web site (https://example.com), and somebody who answers every question.
/// </summary>
public sealed class ExampleCluster : IAsyncLifetime
{
    static readonly string[] Variables = ["KUBECONFIG", "KUBE_HOME", "DOCKER_CONFIG"];
    static readonly string Manifests = Path.Combine(ModuleSession.RepositoryRoot, "docs", "examples");

    const string Inhabited = "(Get-KubeReplicationController workers).Ready -eq 2 -and (Get-KubePod web).State -eq 'Running' -and (Get-KubePod crash).State -eq 'CrashLoopBackOff' -and (Get-KubeDeployment api).Available -eq 2 -and [bool](Get-KubePod -l job-name=migrate)";

    readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    readonly HttpListener _site;
    readonly string _origin;
    string _home = "";
    string _server = "";
    ModuleSession? _cleaner;
    string? _visited;

    /// <summary>Cmdlets that the engine alone lacks, of the same build as these tests.</summary>
    public static string ShellCommands { get; } = Path.Combine(ModuleSession.RepositoryRoot, "src", "Kube.Shell", Path.GetRelativePath(Path.Combine(ModuleSession.RepositoryRoot, "tests", "Kube.Module.Tests"), AppContext.BaseDirectory), "Kube.Shell.dll");

    /// <summary>Where the examples stand: a folder with manifests.</summary>
    public string Folder => Path.Combine(_home, "work");

    public ExampleCluster()
    {
        _site = LoopbackSite.Open(out var address);
        _origin = address.GetLeftPart(UriPartial.Authority);
    }

    public ValueTask InitializeAsync()
    {
        _home = Directory.CreateTempSubdirectory("kube-help-").FullName;
        SetVariables();
        foreach (var folder in new[] { Folder, Path.Combine(Folder, "manifests") })
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(Manifests)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        using (var session = new ModuleSession())
        {
            var started = session.RunForOne("Start-KubeCluster -Name example -InMemory -Runtime Simulated");
            _server = (string)started.Properties["KubeConfigPath"].Value;
            File.Copy(_server, Path.Combine(Folder, "cluster.config"));
        }
        WriteUserFiles();
        _ = ServeAsync();
        return ValueTask.CompletedTask;
    }

    /// <summary>A session that stands in the folder, connected to the cluster in a namespace with things in it, which it is to leave as they are: many share it.</summary>
    public ModuleSession Visit()
    {
        if (_visited is not null)
        {
            var session = Enter(_visited);
            MakeShop(session);
            // Some empty the node, and what crashes runs for a moment now and then.
            if (session.Run(Inhabited) is [{ BaseObject: true }]) return session;
            session.Dispose();
        }
        _visited = "help-" + Guid.NewGuid().ToString("n")[..8];
        return Open(_visited, inhabited: true, hasHistory: false);
    }

    /// <summary>A session that stands in the folder, connected to the cluster in a namespace of its own.</summary>
    /// <param name="place">The namespace, which is made.</param>
    /// <param name="inhabited">Whether there are things in it: a pod that runs and one that crashes, a replication controller with two pods, a service, a deployment, a job, a config map and a secret; and a pod in the namespace shop.</param>
    /// <param name="hasHistory">Whether the deployment has been rolled out twice.</param>
    public ModuleSession Open(string place, bool inhabited, bool hasHistory = true)
    {
        var session = Enter(place);
        session.Run("$null = New-KubeNamespace $args[0]", place);
        Assert.Empty(session.Errors);
        // The account of pods comes a moment after its namespace.
        TestCluster.WaitUntil(session, TestCluster.HasAccount);
        if (!inhabited) return session;
        MakeShop(session);
        session.Run("""
            $null = New-KubeResource -Path ./web.yaml, ./crash.yaml, ./workers.yaml, ./service.yaml, ./deployment.yaml, ./job.yaml
            $null = New-KubeConfigMap settings -Data @{ mode = 'fast' }
            $null = New-KubeSecret db -Data @{ username = 'app'; password = 'kept' }
            """);
        Assert.Empty(session.Errors);
        TestCluster.WaitUntil(session, Inhabited);
        if (hasHistory) session.Run("$null = Restart-KubeRollout deployment api -PassThru | Wait-KubeRollout -TimeoutSec 300");
        Assert.Empty(session.Errors);
        return session;
    }

    ModuleSession Enter(string place)
    {
        var session = new ModuleSession(canPrompt: true);
        session.Run("""
            param($Folder, $Shell, $KubeConfig, $Place)
            Import-Module $Shell
            $ExecutionContext.SessionState.Path.SetLocation($Folder)
            $global:ConfirmPreference = 'None'
            function global:Get-Credential { [pscredential]::new('somebody', (Read-Host -AsSecureString)) }
            function global:Read-Host([switch] $AsSecureString) { $secret = [securestring]::new(); 'kept'.ToCharArray().ForEach{ $secret.AppendChar($_) }; $secret }
            $null = Connect-KubeCluster -KubeConfigPath $KubeConfig -Namespace $Place
            """, Folder, ShellCommands, _server, place);
        Assert.Empty(session.Errors);
        return session;
    }

    static void MakeShop(ModuleSession session)
    {
        session.Run("""
            if (-not (Get-KubeNamespace sho[p])) {
                $null = New-KubeNamespace -Manifest '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: sales } } }'
                $null = New-KubePod -Name web -Image nginx -Namespace shop
            }
            """);
        Assert.Empty(session.Errors);
    }

    /// <summary>An example as it runs here: the web site is on this machine.</summary>
    public string Localize(string code) => code.Replace("https://example.com", _origin, StringComparison.Ordinal);

    /// <summary>Takes away all that an example has made and found.</summary>
    public void Clear()
    {
        SetVariables();
        var session = _cleaner ??= new ModuleSession();
        session.Run("""
            param($KubeConfig, $Visited)
            Get-KubeAgent | Stop-KubeAgent -Remove -Confirm:$false
            Get-KubeProxy | Stop-KubeProxy -Remove -Confirm:$false
            Get-KubeCluster | Where-Object Name -ne example | Stop-KubeCluster -Remove -Confirm:$false
            $null = Connect-KubeCluster -KubeConfigPath $KubeConfig
            Get-KubeNamespace | Where-Object Name -ne default | Where-Object Name -notlike kube-* | Where-Object { $_.State -ne 'Terminating' -and $_.Name -ne $Visited } | Remove-KubeNamespace -Confirm:$false
            """, _server, _visited);
        Assert.Empty(session.Errors);
        // The examples' own namespaces go by and by; the others' names may be wanted again.
        TestCluster.WaitUntil(session, "@(Get-KubeNamespace | Where-Object Name -ne default | Where-Object Name -notlike kube-* | Where-Object Name -notlike help-*).Count -eq 0");
        WriteUserFiles();
    }

    public ValueTask DisposeAsync()
    {
        _site.Close();
        _cleaner?.Dispose();
        using (var session = new ModuleSession())
        {
            session.Run("Get-KubeAgent | Stop-KubeAgent -Remove -Confirm:$false; Get-KubeProxy | Stop-KubeProxy -Remove -Confirm:$false; Get-KubeCluster | Stop-KubeCluster -Remove -Confirm:$false");
            Assert.Empty(session.Errors);
        }
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(_home, recursive: true);
        return ValueTask.CompletedTask;
    }

    void SetVariables()
    {
        Environment.SetEnvironmentVariable("KUBE_HOME", Path.Combine(_home, "kube"));
        // The second of the two has the cluster and the user that the contexts of the first speak of.
        Environment.SetEnvironmentVariable("KUBECONFIG", string.Join(Path.PathSeparator, Path.Combine(_home, "kubeconfig"), Path.Combine(Folder, "cluster.config")));
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", Path.Combine(_home, "docker"));
    }

    /// <summary>The user's own kubeconfig, with the cluster under two names, and registry credentials.</summary>
    void WriteUserFiles()
    {
        var docker = Directory.CreateDirectory(Path.Combine(_home, "docker")).FullName;
        File.WriteAllText(Path.Combine(docker, "config.json"), """{"auths":{"ghcr.io":{"auth":"bWU6a2VwdA=="},"registry.example.com":{"auth":"dGVhbTprZXB0"}}}""");
        File.WriteAllText(Path.Combine(_home, "kubeconfig"), """
            apiVersion: v1
            kind: Config
            current-context: staging
            contexts:
            - { name: staging, context: { cluster: example, user: example } }
            - { name: production, context: { cluster: example, user: example, namespace: shop } }
            """);
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _site.GetContextAsync();
                var file = Path.Combine(Manifests, Path.GetFileName(context.Request.Url!.AbsolutePath));
                context.Response.StatusCode = File.Exists(file) ? 200 : 404;
                if (File.Exists(file)) await context.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or HttpListenerException)
        {
            // The site is closed.
        }
    }
}
