using System.Security.Cryptography;
using System.Text;

namespace Kube.Credentials;

/// <summary>Whether a credential plugin needs the person at the terminal.</summary>
enum InteractiveMode
{
    Never,
    IfAvailable,
    Always,
}

/// <summary>A credential plugin of a kubeconfig's user (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/). Its text form shows no secret.</summary>
/// <param name="User">The user's name, for messages.</param>
/// <param name="Command">The program: a path, or a name that is looked up on PATH.</param>
/// <param name="ApiVersion">The protocol's version.</param>
/// <param name="InteractiveMode">Whether it may or must talk to the person.</param>
sealed record ExecPlugin(string User, string Command, string ApiVersion, InteractiveMode InteractiveMode)
{
    public const string V1 = "client.authentication.k8s.io/v1", V1Beta1 = "client.authentication.k8s.io/v1beta1";

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What is added to the environment.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>Whether it is told which cluster it is for.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>The cluster's own settings for the plugin, JSON; null: none.</summary>
    public string? ClusterConfig { get; init; }

    /// <summary>How to get the program, in the words of the kubeconfig.</summary>
    public string? InstallHint { get; init; }

    /// <summary>The kubeconfig that it stands in.</summary>
    public string? Path { get; init; }

    /// <summary>The name of the plugin and its user, for messages.</summary>
    public string Title => $"credential plugin '{System.IO.Path.GetFileName(Command)}' of the user '{User}'";

    /// <summary>Equal for runs that would answer alike, as client-go's key: what it is and, if it is told, the cluster.</summary>
    public string KeyFor(ReadOnlySpan<byte> cluster)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string[])[Command, ApiVersion, InteractiveMode.ToString(), .. Arguments, "", .. Environment.SelectMany(e => new[] { e.Name, e.Value })])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }
        hash.AppendData(cluster);
        return "exec|" + Convert.ToHexString(hash.GetHashAndReset());
    }

    public override string ToString() => Title;
}
