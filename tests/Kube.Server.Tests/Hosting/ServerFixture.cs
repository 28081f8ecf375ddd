namespace Kube.Server.Tests.Hosting;

/// <summary>One server in memory that the tests of a class share.</summary>
public abstract class ServerFixture(params string[] args) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-server-").FullName;

    internal ServerProcess Server { get; private set; } = null!;

    internal KubeApi Api { get; private set; } = null!;

    /// <summary>A folder for what the tests write.</summary>
    public string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync(Path.Combine(_folder, "kubeconfig"), ["--in-memory", .. args]);
        Api = Server.Api();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
