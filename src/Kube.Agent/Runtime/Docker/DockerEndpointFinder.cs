using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// Finds the engine as docker finds it: the given host, <c>$DOCKER_HOST</c>, <c>$DOCKER_CONTEXT</c>, the current context of <c>config.json</c>, the system's
/// default (docker/cli, <c>resolveContextName</c> in <c>cli/command/cli.go</c>).
/// </summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="home">The user's home folder.</param>
/// <param name="isWindows">Whether the default is a named pipe.</param>
sealed class DockerEndpointFinder(Func<string, string?> environment, string home, bool isWindows)
{
    /// <summary>The finder for this process.</summary>
    public static DockerEndpointFinder System { get; } =
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsWindows());

    string ConfigFolder => Variable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker");

    /// <summary>The engine's endpoint.</summary>
    /// <param name="host">The host that the user named; null: none.</param>
    /// <exception cref="RuntimeUnavailableException">What is configured cannot be used; the message says where and why.</exception>
    public DockerEndpoint Find(string? host)
    {
        if (!string.IsNullOrWhiteSpace(host))
            return DockerEndpoint.Parse(host, "the given Docker host", EnvironmentTls());
        if (Variable("DOCKER_HOST") is { } variable)
            return DockerEndpoint.Parse(variable, "$DOCKER_HOST", EnvironmentTls());

        var (context, origin) = Variable("DOCKER_CONTEXT") is { } named ? (named, "$DOCKER_CONTEXT") : (CurrentContext(), Path.Combine(ConfigFolder, "config.json"));
        return context is null or "default"
            ? DockerEndpoint.Parse(isWindows ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock", "the system's default", EnvironmentTls())
            : FromContext(context, origin);
    }

    /// <summary>DOCKER_TLS_VERIFY and DOCKER_TLS count when they hold anything, <c>0</c> too: so does docker.</summary>
    DockerTls? EnvironmentTls()
    {
        var verify = Variable("DOCKER_TLS_VERIFY") is not null;
        return verify || Variable("DOCKER_TLS") is not null ? DockerTls.InFolder(Variable("DOCKER_CERT_PATH") ?? ConfigFolder, verify) : null;
    }

    string? CurrentContext()
    {
        var path = Path.Combine(ConfigFolder, "config.json");
        if (!File.Exists(path))
            return null;
        using var config = ReadJson(path);
        return config.RootElement.ValueKind == JsonValueKind.Object && config.RootElement.TryGetProperty("currentContext", out var name) && name.GetString() is { Length: > 0 } text ? text : null;
    }

    DockerEndpoint FromContext(string context, string origin)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)));
        var path = Path.Combine(ConfigFolder, "contexts", "meta", id, "meta.json");
        if (!File.Exists(path))
            throw new RuntimeUnavailableException($"The docker context '{context}' ({origin}) does not exist. 'docker context ls' lists those that do.");

        using var meta = ReadJson(path);
        if (!meta.RootElement.TryGetProperty("Endpoints", out var endpoints) || !endpoints.TryGetProperty("docker", out var docker) || !docker.TryGetProperty("Host", out var host))
            throw new RuntimeUnavailableException($"The docker context '{context}' ({path}) has no Docker endpoint.");

        var folder = Path.Combine(ConfigFolder, "contexts", "tls", id, "docker");
        var skip = docker.TryGetProperty("SkipTLSVerify", out var value) && value.ValueKind == JsonValueKind.True;
        var tls = Directory.Exists(folder) ? DockerTls.InFolder(folder, !skip) : skip ? new DockerTls(null, null, null, false) : null;
        return DockerEndpoint.Parse(host.GetString() ?? "", $"the docker context '{context}'", tls);
    }

    static JsonDocument ReadJson(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path).AsMemory(), new JsonDocumentOptions { AllowTrailingCommas = true });
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RuntimeUnavailableException($"{path}, which names the Docker Engine to use, cannot be read: {(e is JsonException ? "it is not JSON" : e.Message)}.", e);
        }
    }

    string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
