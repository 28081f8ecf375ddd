using System.Diagnostics;
using System.Net.Sockets;
using Kube.Registry.Tests.Config;
using Kube.Registry.Tests.CredentialHelpers;

namespace Kube.Registry.Tests;

/// <summary>Against a real engine, a real registry behind a password, and Docker's own client.</summary>
[Collection(HelperFolder.Collection)]
public sealed class RealRegistryTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _engine = Lab.Variable("KUBE_LAB_DOCKER_HOST");
    readonly string _registry = Lab.Variable("KUBE_LAB_REGISTRY");
    readonly string _user = Lab.Variable("KUBE_LAB_REGISTRY_USER");
    readonly string _password = Lab.Variable("KUBE_LAB_REGISTRY_PASSWORD");
    readonly ImageReference _image = ImageReference.Parse(Lab.Variable("KUBE_LAB_PRIVATE_IMAGE"));

    public void Dispose() => _folder.Dispose();

    DockerCredentials Credentials() => new(new DockerConfigLocations { Preferred = _folder.Path }) { AuthConfig = () => null };

    [Fact]
    public async Task The_engine_pulls_with_the_header_and_not_without()
    {
        using var http = Engine();
        Assert.Contains("no basic auth credentials", await PullAsync(http, null));
        var wrong = await PullAsync(http, new RegistryCredential(_registry, _user, "") { Password = "wrong-hunter2" });
        Assert.Contains("unauthorized", wrong);
        Assert.DoesNotContain("hunter2", wrong);

        Assert.Contains("Status: ", await PullAsync(http, new RegistryCredential(_registry, _user, "") { Password = _password }));

        await RemoveAsync(http);
    }

    [Fact]
    public async Task Docker_reads_what_Kube_writes()
    {
        await Credentials().SetAsync(_registry, _user, _password);

        Assert.Contains("Status: ", await DockerAsync("", "pull", _image.ToString()));

        using var http = Engine();
        await RemoveAsync(http);
    }

    [Fact]
    public async Task Kube_reads_and_removes_what_Docker_writes()
    {
        Assert.Contains("Login Succeeded", await DockerAsync(_password, "login", "-u", _user, "--password-stdin", _registry));

        var match = Assert.Single((await Credentials().FindAsync(_image, [])).Matches);
        Assert.Equal((_user, _password), (match.Credential.UserName, match.Credential.Password));
        Assert.False((await Credentials().SetAsync("http://" + _registry + "/v2/", _user, _password)).IsChanged);

        Assert.True(await Credentials().RemoveAsync(Assert.Single((await Credentials().ListAsync()).Entries)));
        Assert.Contains("no basic auth credentials", await DockerAsync("", "pull", _image.ToString()));
    }

    HttpClient Engine() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancel) =>
        {
            var address = new Uri(_engine);
            if (address.Scheme != "unix")
            {
                var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, cancel);
                return client.GetStream();
            }
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.LocalPath), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://docker/v1.41/"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    async Task<string> PullAsync(HttpClient http, RegistryCredential? credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"images/create?fromImage={Uri.EscapeDataString(_image.Name)}&tag={_image.TagOrDigest}");
        if (credential is not null)
            request.Headers.Add("X-Registry-Auth", credential.ToRegistryAuth(_image));
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    async Task RemoveAsync(HttpClient http)
    {
        using var answer = await http.DeleteAsync($"images/{_image}");
        answer.EnsureSuccessStatusCode();
    }

    async Task<string> DockerAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", ["--config", _folder.Path, "-H", _engine, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromSeconds(60));
        return string.Concat(texts);
    }
}
