using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Kube.Server.Hosting;

/// <summary>Files and folders that their owner alone can read.</summary>
static class PrivateFile
{
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows()) CreateWindowsFolder(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file whole or not at all: readers see the old content or the new, also after a crash.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + "." + Path.GetRandomFileName();
        try
        {
            using (var stream = Create(temporary))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Creates a file that must not be there yet.</summary>
    public static FileStream Create(string path)
    {
        if (OperatingSystem.IsWindows()) return CreateWindowsFile(path);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    /// <summary>Opens a file that is there, or creates it.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (OperatingSystem.IsWindows())
            try
            {
                CreateWindowsFile(path).Dispose();
            }
            catch (IOException) when (File.Exists(path))
            {
                // It is there.
            }
        else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    [SupportedOSPlatform("windows")]
    static FileStream CreateWindowsFile(string path)
    {
        var security = new FileSecurity();
        Restrict(security, InheritanceFlags.None);
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write | FileSystemRights.Read, FileShare.Read | FileShare.Delete, 4096, FileOptions.None, security);
    }

    [SupportedOSPlatform("windows")]
    static void CreateWindowsFolder(string path)
    {
        var security = new DirectorySecurity();
        Restrict(security, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit);
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) Directory.CreateDirectory(parent);
        security.CreateDirectory(path);
    }

    [SupportedOSPlatform("windows")]
    static void Restrict(FileSystemSecurity security, InheritanceFlags inheritance)
    {
        var owner = WindowsIdentity.GetCurrent().User!;
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(owner, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
    }
}
