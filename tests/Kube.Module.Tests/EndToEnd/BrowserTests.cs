using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>A real browser, which trusts the cluster's CA and ignores no certificate: a page of an allowed origin reads the API, one of another cannot.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    const int MostVisits = 20;

    const string Page = """
        <!doctype html><title>pods</title><pre id="result"></pre><script>
        const [server, token, method, path] = JSON.parse(decodeURIComponent(location.hash.slice(1)));
        fetch(server + path, { method, headers: { Authorization: 'Bearer ' + token } })
          .then(async answer => [answer.status, await answer.json()])
          .then(([status, body]) => status + ' ' + (body.metadata?.name ?? body.details?.name ?? ''), error => 'refused: ' + error.name)
          .then(text => document.getElementById('result').textContent = text);
        </script>
        """;

    readonly string _home = Directory.CreateTempSubdirectory("kube-browser-").FullName;
    readonly PageServer _allowed = new(Page);
    readonly PageServer _other = new(Page);
    readonly ModuleSession _session = new();

    public ValueTask InitializeAsync()
    {
        _session.Run("$null = Start-KubeCluster -Name browser -Runtime Simulated -InMemory -CorsAllowedOrigin $args[0]; $null = New-KubePod -Name seen -Image busybox", $"^{System.Text.RegularExpressions.Regex.Escape(_allowed.Origin)}$");
        Assert.Empty(_session.Errors);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_page_reads_the_api_where_its_origin_is_allowed_and_nowhere_else()
    {
        var cluster = _session.RunForOne("Get-KubeCluster browser -IncludeToken");
        await ReadAsync(cluster);
    }

    [Fact]
    public async Task Through_a_proxy_a_page_reads_the_api_by_the_proxys_token()
    {
        _session.Run("$null = Start-KubeProxy browser -CorsAllowedOrigin $args[0]", $"^{System.Text.RegularExpressions.Regex.Escape(_allowed.Origin)}$");
        Assert.Empty(_session.Errors);
        await ReadAsync(_session.RunForOne("Get-KubeProxy browser -IncludeToken"));
    }

    [Fact]
    public async Task Through_a_proxy_a_page_reads_the_api_of_a_real_Kubernetes()
    {
        var place = "browser-" + Guid.NewGuid().ToString("n")[..8];
        _session.Run("""
            $null = Connect-KubeCluster -KubeConfigPath $args[1]
            $null = New-KubeNamespace $args[2]
            $null = New-KubeConfigMap seen -Data @{ a = 'b' } -Namespace $args[2]
            $null = Start-KubeProxy browser-real -CorsAllowedOrigin $args[0]
            """, $"^{System.Text.RegularExpressions.Regex.Escape(_allowed.Origin)}$", Lab.KubernetesKubeConfig, place);
        Assert.Empty(_session.Errors);
        try
        {
            await ReadAsync(_session.RunForOne("Get-KubeProxy browser-real -IncludeToken"), $"api/v1/namespaces/{place}/configmaps/seen");
        }
        finally
        {
            _session.Run("Remove-KubeNamespace $args[0] -Confirm:$false", place);
        }
    }

    /// <summary>What pages of both origins get of the server at an address, as the token's holder or not.</summary>
    async Task ReadAsync(System.Management.Automation.PSObject cluster, string path = "api/v1/namespaces/default/pods/seen")
    {
        var server = cluster.Properties["Server"].Value.ToString()!;
        var token = (string)cluster.Properties["Token"].Value;
        await TrustAsync((string)cluster.Properties["CertificateAuthorityPath"].Value);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Lab.Chromium,
            Timeout = 120_000,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            Env = new Dictionary<string, string> { ["HOME"] = _home, ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
        });

        Assert.Equal("200 seen", await VisitAsync(browser, _allowed, server, token, "GET", path));
        Assert.Equal("refused: TypeError", await VisitAsync(browser, _other, server, token, "GET", path));
        Assert.Equal("401 ", await VisitAsync(browser, _allowed, server, "wrong", "GET", path));
        Assert.Equal("refused: TypeError", await VisitAsync(browser, _other, server, token, "DELETE", path));
        // What the page may not do is not done either.
        Assert.Equal("200 seen", await VisitAsync(browser, _allowed, server, token, "GET", path));
        // One whose answer was dropped has been done already.
        Assert.Matches("^(200|404) seen$", await VisitAsync(browser, _allowed, server, token, "DELETE", path));
    }

    static async Task<string> VisitAsync(IBrowser browser, PageServer pages, string server, string token, string method, string path)
    {
        // The browser drops what it has begun when an address of the machine comes or goes, as with every container beside.
        const string dropped = "ERR_NETWORK_CHANGED";
        for (var visit = 1; ; visit++)
        {
            var page = await browser.NewPageAsync();
            var console = new ConcurrentQueue<string>();
            page.Console += (_, message) => console.Enqueue(message.Text);
            try
            {
                await page.GotoAsync($"{pages.Origin}/#{Uri.EscapeDataString(System.Text.Json.JsonSerializer.Serialize(new[] { server, token, method, path }))}");
                await page.WaitForFunctionAsync("document.getElementById('result').textContent !== ''", null, new() { Timeout = 60_000 });
                var text = await page.TextContentAsync("#result");
                TestContext.Current.TestOutputHelper?.WriteLine($"{pages.Origin} {method}: {text}\n{string.Join('\n', console)}");
                if (visit == MostVisits || !console.Any(line => line.Contains(dropped, StringComparison.Ordinal))) return text!;
            }
            catch (PlaywrightException exception) when (visit < MostVisits && exception.Message.Contains(dropped, StringComparison.Ordinal))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{pages.Origin} {method}: {exception.Message}");
            }
            await page.CloseAsync();
        }
    }

    /// <summary>Puts the CA into the browser's own store, as a person would through its settings.</summary>
    async Task TrustAsync(string certificate)
    {
        var store = Path.Combine(_home, ".pki", "nssdb");
        Directory.CreateDirectory(store);
        await RunAsync("certutil", "-d", "sql:" + store, "-N", "--empty-password");
        await RunAsync("certutil", "-d", "sql:" + store, "-A", "-t", "C,,", "-n", "kube", "-i", certificate);
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {error}");
    }

    public ValueTask DisposeAsync()
    {
        _session.Run("Get-KubeProxy browser* | Stop-KubeProxy -Remove -Confirm:$false; Stop-KubeCluster browser -Remove -Confirm:$false");
        _session.Dispose();
        _allowed.Dispose();
        _other.Dispose();
        Directory.Delete(_home, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Serves one page on an origin of its own.</summary>
    sealed class PageServer : IDisposable
    {
        readonly HttpListener _listener;

        public PageServer(string page)
        {
            _listener = LoopbackSite.Open(out var address, "localhost");
            Origin = address.GetLeftPart(UriPartial.Authority);
            _ = ServeAsync(System.Text.Encoding.UTF8.GetBytes(page));
        }

        public string Origin { get; }

        async Task ServeAsync(byte[] page)
        {
            while (_listener.IsListening)
            {
                HttpListenerContext request;
                try
                {
                    request = await _listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                request.Response.ContentType = "text/html";
                await request.Response.OutputStream.WriteAsync(page);
                request.Response.Close();
            }
        }

        public void Dispose() => _listener.Close();
    }
}
