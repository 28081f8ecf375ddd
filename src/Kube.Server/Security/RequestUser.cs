namespace Kube.Server.Security;

/// <summary>Who asks.</summary>
sealed record RequestUser(string Name, IReadOnlyList<string> Groups)
{
    public const string Administrators = "system:masters";
    public const string Authenticated = "system:authenticated";
    public const string ServiceAccounts = "system:serviceaccounts";

    public string? Uid { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public bool IsServiceAccount => Groups.Contains(ServiceAccounts);

    /// <summary>Nobody in particular; groups as Kubernetes gives them.</summary>
    public static RequestUser Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    public static RequestUser Admin { get; } = new("kubernetes-admin", [Administrators, Authenticated]);

    /// <summary>The server's own controllers.</summary>
    public static RequestUser ApiServer { get; } = new("system:apiserver", [Administrators, Authenticated]);

    public static RequestUser Node(string name) => new("system:node:" + name, ["system:nodes", Authenticated]);
}
