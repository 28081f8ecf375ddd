using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace Kube.Module.Base;

/// <summary>Secrets between their protected form and the text or bytes that leave this process.</summary>
static class SecretText
{
    /// <summary>Refuses bytes that are no UTF-8 instead of replacing them.</summary>
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a protected string.</summary>
    public static string Of(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>A text as a protected string, read-only.</summary>
    public static SecureString Protect(string text)
    {
        var secret = new SecureString();
        foreach (var letter in text) secret.AppendChar(letter);
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Bytes as text; null where they are no UTF-8.</summary>
    public static string? Decode(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
