namespace Kube.Server.Security;

/// <summary>What a service account's token says.</summary>
sealed record ServiceAccountClaims
{
    public required string Namespace { get; init; }

    public required BoundObject ServiceAccount { get; init; }

    /// <summary>The pod that the token was made for: it is good only while that pod exists.</summary>
    public BoundObject? Pod { get; init; }

    /// <summary>The secret that the token was made for, likewise.</summary>
    public BoundObject? Secret { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public RequestUser ToUser()
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>();
        if (Pod is { } pod)
        {
            extra["authentication.kubernetes.io/pod-name"] = [pod.Name];
            extra["authentication.kubernetes.io/pod-uid"] = [pod.Uid];
        }
        return new RequestUser($"system:serviceaccount:{Namespace}:{ServiceAccount.Name}",
            [RequestUser.ServiceAccounts, RequestUser.ServiceAccounts + ":" + Namespace, RequestUser.Authenticated])
        { Uid = ServiceAccount.Uid, Extra = extra };
    }
}

/// <summary>An object by name, and by the uid that tells it from a later one of that name.</summary>
sealed record BoundObject(string Name, string Uid);
