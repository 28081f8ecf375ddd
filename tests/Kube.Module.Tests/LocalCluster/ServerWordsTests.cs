using Kube.Module.LocalCluster;

namespace Kube.Module.Tests.LocalCluster;

public sealed class ServerWordsTests
{
    [Theory]
    [InlineData("kube-server: --cors-allowed-origins \"a--b\": it is not pinned\nSee kube-server --help.", "-CorsAllowedOrigin \"a--b\": it is not pinned")]
    [InlineData("kube-server: --accept-paths \"(\": it does not compile\r\nSee kube-server --help.", "-AcceptPath \"(\": it does not compile")]
    [InlineData("--cors-allow-credentials and --docker-host=x", "-CorsAllowCredentials and -DockerHost=x")]
    [InlineData("kube-server: --bind 1.2.3.4 cannot be listened on", "-Address 1.2.3.4 cannot be listened on")]
    [InlineData("no engine answers at unix:///run/docker.sock", "no engine answers at unix:///run/docker.sock")]
    public void Flags_become_parameters(string said, string heard) => Assert.Equal(heard, ServerWords.Of(said));
}
