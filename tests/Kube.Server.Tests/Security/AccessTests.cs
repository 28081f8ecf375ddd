using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Server.Security;

namespace Kube.Server.Tests.Security;

public class AccessTests
{
    [Theory]
    [InlineData("GET", "/api/v1/pods", "list", "", "pods", null, null, null)]
    [InlineData("GET", "/api/v1/namespaces/dev/pods", "list", "", "pods", "dev", null, null)]
    [InlineData("GET", "/api/v1/namespaces/dev/pods/web", "get", "", "pods", "dev", "web", null)]
    [InlineData("GET", "/api/v1/namespaces/dev/pods/web/log", "get", "", "pods", "dev", "web", "log")]
    [InlineData("POST", "/api/v1/namespaces/dev/pods", "create", "", "pods", "dev", null, null)]
    [InlineData("POST", "/api/v1/namespaces/dev/pods/web/binding", "create", "", "pods", "dev", "web", "binding")]
    [InlineData("PUT", "/apis/apps/v1/namespaces/dev/deployments/a", "update", "apps", "deployments", "dev", "a", null)]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/dev/deployments/a/scale", "patch", "apps", "deployments", "dev", "a", "scale")]
    [InlineData("DELETE", "/api/v1/namespaces/dev/pods", "deletecollection", "", "pods", "dev", null, null)]
    [InlineData("DELETE", "/api/v1/nodes/n1", "delete", "", "nodes", null, "n1", null)]
    [InlineData("GET", "/api/v1/nodes/n1/proxy/containers/a/b/c", "get", "", "nodes", null, "n1", "proxy")]
    [InlineData("GET", "/api/v1/namespaces", "list", "", "namespaces", null, null, null)]
    [InlineData("GET", "/api/v1/namespaces/dev", "get", "", "namespaces", "dev", "dev", null)]
    [InlineData("PUT", "/api/v1/namespaces/dev/finalize", "update", "", "namespaces", "dev", "dev", "finalize")]
    [InlineData("PATCH", "/api/v1/namespaces/dev/status", "patch", "", "namespaces", "dev", "dev", "status")]
    [InlineData("GET", "/api/v1/watch/namespaces/dev/pods", "watch", "", "pods", "dev", null, null)]
    [InlineData("GET", "/api/v1/watch/namespaces/dev/pods/web", "watch", "", "pods", "dev", "web", null)]
    [InlineData("GET", "/api/v1/watch/namespaces", "watch", "", "namespaces", null, null, null)]
    [InlineData("GET", "/apis/apps/v1/watch/deployments", "watch", "apps", "deployments", null, null, null)]
    [InlineData("GET", "/apis/coordination.k8s.io/v1/leases", "list", "coordination.k8s.io", "leases", null, null, null)]
    public void Requests_for_resources(string method, string path, string verb, string group, string resource, string? @namespace, string? name, string? subresource)
    {
        var attributes = RequestAttributes.Read(method, path, watch: false);
        Assert.True(attributes.IsResource);
        Assert.Equal((verb, group, resource, @namespace, name, subresource),
            (attributes.Verb, attributes.Group, attributes.Resource, attributes.Namespace, attributes.Name, attributes.Subresource));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/apis")]
    [InlineData("/apis/apps")]
    [InlineData("/apis/apps/v1")]
    [InlineData("/openapi/v3/api/v1")]
    [InlineData("/healthz")]
    public void Requests_for_anything_else(string path)
    {
        var attributes = RequestAttributes.Read("GET", path, watch: false);
        Assert.False(attributes.IsResource);
        Assert.Equal("get", attributes.Verb);
    }

    [Theory]
    [InlineData("/api/v1/pods", "watch")]
    [InlineData("/api/v1/namespaces/dev/pods/web", "get")] // of one object the option counts for nothing
    public void A_watch_is_a_verb_of_its_own(string path, string verb) => Assert.Equal(verb, RequestAttributes.Read("GET", path, watch: true).Verb);

    public static TheoryData<string, string, string, bool> Decisions => new()
    {
        { "anonymous", "GET", "/healthz", true },
        { "anonymous", "GET", "/livez", true },
        { "anonymous", "GET", "/readyz/ping", true },
        { "anonymous", "GET", "/version", true },
        { "anonymous", "POST", "/healthz", false },
        { "anonymous", "GET", "/healthzz", false },
        { "anonymous", "GET", "/api", false },
        { "anonymous", "GET", "/api/v1/pods", false },
        { "admin", "DELETE", "/api/v1/nodes/a", true },
        { "admin", "GET", "/anything", true },
        { "node", "PATCH", "/api/v1/namespaces/a/pods/b/status", true },
        { "account", "GET", "/healthz", true },
        { "account", "GET", "/api", true },
        { "account", "GET", "/apis/apps/v1", true },
        { "account", "GET", "/openapi/v3", true },
        { "account", "GET", "/api/v1/pods", false },
        { "account", "GET", "/api/v1/namespaces/dev/secrets/a", false },
        { "account", "GET", "/api/v1/namespaces/dev/serviceaccounts/builder", false },
        { "account", "POST", "/api/v1/namespaces/dev/pods", false },
        { "account", "GET", "/metrics", false },
        { "account", "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", true },
        { "account", "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", true },
        { "account", "POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", false },
        { "account", "GET", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", false },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Who_may_do_what(string who, string method, string path, bool allowed) =>
        Assert.Equal(allowed, new Authorizer(ServiceAccountAccess.Discovery).Allows(User(who), RequestAttributes.Read(method, path, watch: false)));

    [Fact]
    public void Service_accounts_may_be_given_everything() =>
        Assert.True(new Authorizer(ServiceAccountAccess.All).Allows(User("account"), RequestAttributes.Read("DELETE", "/api/v1/nodes/a", watch: false)));

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/default/pods", "pods is forbidden: User \"system:serviceaccount:dev:builder\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/web/log", "pods \"web\" is forbidden: User \"system:serviceaccount:dev:builder\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"default\"")]
    [InlineData("DELETE", "/apis/apps/v1/namespaces/default/deployments/a", "deployments.apps \"a\" is forbidden: User \"system:serviceaccount:dev:builder\" cannot delete resource \"deployments\" in API group \"apps\" in the namespace \"default\"")]
    [InlineData("GET", "/api/v1/nodes", "nodes is forbidden: User \"system:serviceaccount:dev:builder\" cannot list resource \"nodes\" in API group \"\" at the cluster scope")]
    [InlineData("GET", "/metrics", "forbidden: User \"system:serviceaccount:dev:builder\" cannot get path \"/metrics\"")]
    public void A_refusal_says_what_in_Kubernetes_words(string method, string path, string message) =>
        Assert.Equal(message, Authorizer.Refusal(User("account"), RequestAttributes.Read(method, path, watch: false)));

    [Fact]
    public void Tokens_are_known_whole_or_not_at_all()
    {
        var tokens = new TokenList();
        var token = TokenList.NewToken();
        tokens.Add(token, RequestUser.Admin);
        Assert.Equal(43, token.Length);
        Assert.NotEqual(token, TokenList.NewToken());
        Assert.Same(RequestUser.Admin, tokens.Find(token));
        Assert.Null(tokens.Find(token[..^1]));
        Assert.Null(tokens.Find(token + "x"));
        Assert.Null(tokens.Find(""));
        Assert.Null(tokens.Find(token.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("CN=jane", "jane", new string[0])]
    [InlineData("CN=jane, O=dev", "jane", new[] { "dev" })]
    [InlineData("O=dev, O=ops, CN=jane", "jane", new[] { "dev", "ops" })]
    [InlineData("CN=jane, O=dev, OU=unit, C=DE", "jane", new[] { "dev" })]
    [InlineData("CN=\"Doe, Jane\", O=system:masters", "Doe, Jane", new[] { "system:masters" })]
    public void A_client_certificate_names_user_and_groups(string subject, string name, string[] groups)
    {
        using var certificate = SelfSigned(subject);
        var user = ClientCertificates.UserOf(certificate)!;
        Assert.Equal(name, user.Name);
        Assert.Equal([.. groups.Order(), "system:authenticated"], [.. user.Groups.SkipLast(1).Order(), user.Groups[^1]]);
    }

    [Fact]
    public void Several_organizations_in_one_element_are_several_groups()
    {
        // As Go's library, and so kubeadm and every client of Kubernetes' CSR API, writes them.
        var name = new AsnWriter(AsnEncodingRules.DER);
        using (name.PushSequence())
            foreach (var pairs in (string[][])[["2.5.4.10", "dev", "2.5.4.10", "ops"], ["2.5.4.3", "jane"]])
                using (name.PushSetOf())
                    foreach (var pair in pairs.Chunk(2))
                        using (name.PushSequence())
                        {
                            name.WriteObjectIdentifier(pair[0]);
                            name.WriteCharacterString(UniversalTagNumber.UTF8String, pair[1]);
                        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(name.Encode()), key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1));
        var user = ClientCertificates.UserOf(certificate)!;
        Assert.Equal("jane", user.Name);
        Assert.Equal(["dev", "ops", "system:authenticated"], user.Groups);
    }

    [Theory]
    [InlineData("O=dev")]
    [InlineData("")]
    public void Without_a_common_name_it_names_nobody(string subject)
    {
        using var certificate = SelfSigned(subject);
        Assert.Null(ClientCertificates.UserOf(certificate));
    }

    [Fact]
    public void Credentials_and_what_comes_of_them()
    {
        var now = DateTimeOffset.UtcNow;
        var ours = ClusterCertificates.Create(CertificateNames.For([], ("m", Array.Empty<IPAddress>())), now);
        var others = ClusterCertificates.Create(CertificateNames.For([], ("m", Array.Empty<IPAddress>())), now);
        using var accounts = ServiceAccountTokens.FromPem(ServiceAccountTokens.NewKeyPem());
        var tokens = new TokenList();
        tokens.Add("secret", RequestUser.Admin);
        var alive = new HashSet<string> { "sa", "pod" };
        var authenticator = new Authenticator(tokens, accounts, (_, _, bound) => alive.Contains(bound.Uid), ours.Authority, TimeProvider.System);
        var claims = new ServiceAccountClaims
        {
            Namespace = "dev",
            ServiceAccount = new BoundObject("a", "sa"),
            Pod = new BoundObject("p", "pod"),
            Audiences = [ServiceAccountTokens.Issuer],
            IssuedAt = now,
            ExpiresAt = now.AddMinutes(10),
        };
        var token = accounts.Sign(claims);

        Assert.Same(RequestUser.Anonymous, authenticator.Authenticate(null, null));
        Assert.Same(RequestUser.Anonymous, authenticator.Authenticate("", null));
        Assert.Same(RequestUser.Admin, authenticator.Authenticate("Bearer secret", null));
        Assert.Same(RequestUser.Admin, authenticator.Authenticate("bearer  secret ", null));
        Assert.Null(authenticator.Authenticate("Bearer wrong", null));
        Assert.Null(authenticator.Authenticate("Bearer ", null));
        Assert.Null(authenticator.Authenticate("Bearer", null));
        Assert.Null(authenticator.Authenticate("Basic c2VjcmV0", null));
        Assert.Equal("system:serviceaccount:dev:a", authenticator.Authenticate("Bearer " + token, null)?.Name);
        Assert.Equal("kube-apiserver-kubelet-client", authenticator.Authenticate(null, ours.NodeClient)?.Name);
        Assert.Contains("system:masters", authenticator.Authenticate(null, ours.NodeClient)!.Groups);
        Assert.Null(authenticator.Authenticate(null, others.NodeClient));
        Assert.Null(authenticator.Authenticate(null, ours.Server));
        Assert.Same(RequestUser.Admin, authenticator.Authenticate("Bearer secret", others.NodeClient));

        alive.Remove("pod");
        Assert.Null(authenticator.Authenticate("Bearer " + token, null));
        alive.Add("pod");
        alive.Remove("sa");
        Assert.Null(authenticator.Authenticate("Bearer " + token, null));
    }

    static RequestUser User(string who) => who switch
    {
        "anonymous" => RequestUser.Anonymous,
        "admin" => RequestUser.Admin,
        "node" => RequestUser.Node("n1"),
        _ => new RequestUser("system:serviceaccount:dev:builder", ["system:serviceaccounts", "system:serviceaccounts:dev", "system:authenticated"]),
    };

    static X509Certificate2 SelfSigned(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1));
    }
}
