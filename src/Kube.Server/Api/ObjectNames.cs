using System.Security.Cryptography;

namespace Kube.Server.Api;

/// <summary>Names made from <c>generateName</c>.</summary>
static class ObjectNames
{
    // Without vowels and what looks alike, so that no words come out.
    const string Letters = "bcdfghjklmnpqrstvwxz2456789";
    const int RandomLength = 5;
    const int LongestBase = 63 - RandomLength;

    public static string Generate(string prefix) =>
        (prefix.Length > LongestBase ? prefix[..LongestBase] : prefix) + RandomNumberGenerator.GetString(Letters, RandomLength);
}
