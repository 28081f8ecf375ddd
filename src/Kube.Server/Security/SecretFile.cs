using System.Text;
using Kube.Server.Hosting;

namespace Kube.Server.Security;

/// <summary>A secret in a file of its own, made on first use.</summary>
static class SecretFile
{
    public static string LoadOrCreate(string path, Func<string> make)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } present) return present;
        var made = make();
        PrivateFile.Write(path, Encoding.ASCII.GetBytes(made + "\n"));
        return made;
    }
}
