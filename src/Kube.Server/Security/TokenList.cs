using System.Security.Cryptography;
using System.Text;

namespace Kube.Server.Security;

/// <summary>Bearer tokens and who holds them. Only their hashes are kept, and comparing takes the same time whatever is offered.</summary>
sealed class TokenList
{
    readonly List<(byte[] Hash, RequestUser User)> _holders = [];

    /// <summary>256 random bits.</summary>
    public static string NewToken() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Not thread-safe: tokens are added before the server listens.</summary>
    public void Add(string token, RequestUser user) => _holders.Add((Hash(token), user));

    public RequestUser? Find(string token)
    {
        var hash = Hash(token);
        RequestUser? found = null;
        foreach (var (known, user) in _holders)
            if (CryptographicOperations.FixedTimeEquals(known, hash)) found = user;
        return found;
    }

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
