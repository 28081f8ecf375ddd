using System.Security;

namespace Kube.Module.Tests;

/// <summary>Secrets as the cmdlets take them.</summary>
static class SecureText
{
    public static SecureString Of(string text)
    {
        var secret = new SecureString();
        foreach (var letter in text) secret.AppendChar(letter);
        return secret;
    }
}
