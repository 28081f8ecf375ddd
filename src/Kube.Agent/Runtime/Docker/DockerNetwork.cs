using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// The pods' network: one of the engine's user-defined bridges, because these (unlike the default one) have name resolution that follows the machine's own, also
/// where that listens on a loopback address. It is made on first use and shared by all of Kube's clusters on the engine: an engine has only some thirty networks to give.
/// </summary>
sealed class DockerNetwork(string name) : IDisposable
{
    readonly SemaphoreSlim _gate = new(1);

    /// <summary>Makes the network where it is missing.</summary>
    public async Task<NetworkResponse> EnsureAsync(IDockerClient client, CancellationToken cancel)
    {
        if (await FindAsync(client, cancel) is { } network)
            return network;
        await _gate.WaitAsync(cancel);
        try
        {
            if (await FindAsync(client, cancel) is { } made)
                return made;
            var parameters = new NetworksCreateParameters { Name = name, Driver = "bridge", Labels = new Dictionary<string, string> { ["kube.network"] = "pods" } };
            var own = (await client.Networks.CreateNetworkAsync(parameters, cancel)).ID;
            var first = await FindAsync(client, cancel) ?? throw new RuntimeException($"The Docker network '{name}' was made and is gone again.");
            // Older engines let two agents make a network of one name at the same moment; then both take the first.
            if (first.ID != own)
                await client.Networks.DeleteNetworkAsync(own, cancel);
            return first;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            return await FindAsync(client, cancel) ?? throw new RuntimeException(DockerErrors.MessageOf(e), e);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>
    /// The engine's address on the network where this machine has it: its interface is then named for the network's id. In a virtual machine, or with an engine
    /// in a network namespace of its own, it is not.
    /// </summary>
    public static string? GatewayOnThisMachine(NetworkResponse network)
    {
        var bridge = network.Options is { } options && options.TryGetValue("com.docker.network.bridge.name", out var chosen) ? chosen : "br-" + network.ID[..12];
        var gateways = (network.IPAM?.Config ?? []).Select(config => config.Gateway).Where(gateway => !string.IsNullOrEmpty(gateway)).ToHashSet();
        return HostAddress.All()
            .Where(address => address.Interface == bridge)
            .Select(address => address.Address.ToString())
            .FirstOrDefault(gateways.Contains);
    }

    async Task<NetworkResponse?> FindAsync(IDockerClient client, CancellationToken cancel)
    {
        // The engine takes any name that holds the text.
        var filters = new Dictionary<string, IDictionary<string, bool>> { ["name"] = new Dictionary<string, bool> { [name] = true } };
        var networks = await client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filters }, cancel);
        return networks.Where(network => network.Name == name).OrderBy(network => network.Created).ThenBy(network => network.ID, StringComparer.Ordinal).FirstOrDefault();
    }
}
