using System.Buffers.Text;
using System.Text;
using Kube.Server.Security;

namespace Kube.Server.Tests.Security;

public sealed class ServiceAccountTokensTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    readonly ServiceAccountTokens _tokens = ServiceAccountTokens.FromPem(ServiceAccountTokens.NewKeyPem());

    static ServiceAccountClaims Claims => new()
    {
        Namespace = "dev",
        ServiceAccount = new BoundObject("builder", "uid-1"),
        Pod = new BoundObject("web", "uid-2"),
        Audiences = [ServiceAccountTokens.Issuer],
        IssuedAt = Now,
        ExpiresAt = Now.AddHours(1),
    };

    public void Dispose() => _tokens.Dispose();

    [Fact]
    public void What_is_signed_is_read()
    {
        var read = _tokens.Read(_tokens.Sign(Claims), Now.AddMinutes(30))!;
        Assert.Equal(Claims with { Audiences = read.Audiences }, read);
        Assert.Equal(Claims.Audiences, read.Audiences);
        var user = read.ToUser();
        Assert.Equal("system:serviceaccount:dev:builder", user.Name);
        Assert.Equal("uid-1", user.Uid);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:dev", "system:authenticated"], user.Groups);
        Assert.Equal(["web"], user.Extra["authentication.kubernetes.io/pod-name"]);
    }

    [Theory]
    [InlineData(-11, false)]
    [InlineData(-9, true)]
    [InlineData(0, true)]
    [InlineData(3599, true)]
    [InlineData(3600, false)]
    [InlineData(100000, false)]
    public void Only_in_its_time(int seconds, bool accepted) => Assert.Equal(accepted, _tokens.Read(_tokens.Sign(Claims), Now.AddSeconds(seconds)) is not null);

    [Fact]
    public void For_others_it_is_not_for_us() => Assert.Null(_tokens.Read(_tokens.Sign(Claims with { Audiences = ["vault"] }), Now));

    [Fact]
    public void Another_cluster_s_key_does_not_count()
    {
        using var other = ServiceAccountTokens.FromPem(ServiceAccountTokens.NewKeyPem());
        Assert.Null(_tokens.Read(other.Sign(Claims), Now));
    }

    [Fact]
    public void The_same_key_after_a_restart_does()
    {
        var pem = ServiceAccountTokens.NewKeyPem();
        using var before = ServiceAccountTokens.FromPem(pem);
        using var after = ServiceAccountTokens.FromPem(pem);
        Assert.NotNull(after.Read(before.Sign(Claims), Now));
    }

    [Fact]
    public void Any_change_is_noticed()
    {
        var token = _tokens.Sign(Claims);
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var forged = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.Replace("builder", "cluster")));
        Assert.Null(_tokens.Read($"{parts[0]}.{forged}.{parts[2]}", Now));
        var none = Base64Url.EncodeToString("""{"alg":"none"}"""u8);
        Assert.Null(_tokens.Read($"{none}.{parts[1]}.", Now));
        Assert.Null(_tokens.Read($"{none}.{parts[1]}.{parts[2]}", Now));
        for (var i = 0; i < token.Length; i += 7)
            // The last character of a part has bits that decoding ignores; another letter two places before has not.
            if (token[i] != '.' && (i + 2 >= token.Length || token[i + 1] != '.'))
                Assert.Null(_tokens.Read(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..], Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("!.!.!")]
    [InlineData("e30.e30.e30")]
    public void Nonsense_is_refused(string token) => Assert.Null(_tokens.Read(token, Now));
}
