using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Kube.Config;

/// <summary>Windows' files and folders that their owner alone can read, wherever they are.</summary>
[SupportedOSPlatform("windows")]
static class WindowsOwner
{
    /// <summary>Makes a folder. One that is there stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) Directory.CreateDirectory(parent);
        var security = new DirectorySecurity();
        Restrict(security, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit);
        security.CreateDirectory(path);
    }

    /// <summary>Makes a file that must not be there yet, to be written.</summary>
    public static FileStream CreateFile(string path)
    {
        var security = new FileSecurity();
        Restrict(security, InheritanceFlags.None);
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write | FileSystemRights.Read, FileShare.None, 4096, FileOptions.None, security);
    }

    static void Restrict(FileSystemSecurity security, InheritanceFlags inheritance)
    {
        var owner = WindowsIdentity.GetCurrent().User!;
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(owner, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
    }
}
