using System.Net.Sockets;
using Kube.Agent.Volumes;

namespace Kube.Agent.Tests.Volumes;

public sealed class HostPathTests : IDisposable
{
    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("kube-test-");

    public void Dispose() => _root.Delete(recursive: true);

    string In(string name) => Path.Combine(_root.FullName, name);

    static string? Try(string path, HostPathType type)
    {
        try
        {
            HostPath.Prepare("v", path, type);
            return null;
        }
        catch (VolumeException e)
        {
            return e.Reason;
        }
    }

    [Fact]
    public void Nothing_is_asked_of_a_path_without_a_type()
    {
        Assert.Null(Try(In("none"), HostPathType.Unset));
        Assert.False(Path.Exists(In("none")));
    }

    [Fact]
    public void Folders()
    {
        Assert.Equal($"hostPath type check failed: {In("d")} is not a directory", Try(In("d"), HostPathType.Directory));
        Assert.Null(Try(In("d/e"), HostPathType.DirectoryOrCreate));
        Assert.True(Directory.Exists(In("d/e")));
        Assert.Null(Try(In("d"), HostPathType.Directory));
        Assert.Null(Try(In("d"), HostPathType.DirectoryOrCreate));
        Assert.Contains("is not a file", Try(In("d"), HostPathType.File) ?? (OperatingSystem.IsLinux() ? "" : "is not a file"));
    }

    [Fact]
    public void Files()
    {
        Assert.Contains("is not a file", Try(In("f"), HostPathType.File));
        Assert.Contains("cannot be made", Try(In("no/f"), HostPathType.FileOrCreate));
        Assert.Null(Try(In("f"), HostPathType.FileOrCreate));
        Assert.Null(Try(In("f"), HostPathType.File));
        Assert.Contains("is not a directory", Try(In("f"), HostPathType.Directory));
        Assert.Contains("is not a directory", Try(In("f"), HostPathType.DirectoryOrCreate));
        Assert.Contains("cannot be made", Try(In("f/x"), HostPathType.DirectoryOrCreate));
    }

    [Fact]
    public void Sockets_and_devices_on_Linux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux tells sockets and devices.");
            return;
        }
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(In("s")));
        Assert.Null(Try(In("s"), HostPathType.Socket));
        Assert.Contains("is not a file", Try(In("s"), HostPathType.File));
        Assert.Null(Try("/dev/null", HostPathType.CharDevice));
        Assert.Contains("/dev/null is not a block device", Try("/dev/null", HostPathType.BlockDevice));
        Assert.Contains("/dev/null is not a socket file", Try("/dev/null", HostPathType.Socket));
        Assert.Contains("is not a character device", Try(In("none"), HostPathType.CharDevice));
        File.CreateSymbolicLink(In("link"), "/dev/null");
        Assert.Null(Try(In("link"), HostPathType.CharDevice));
    }

    [Theory]
    [InlineData(HostPathType.BlockDevice, FileKind.BlockDevice, true)]
    [InlineData(HostPathType.BlockDevice, FileKind.Unknown, true)]
    [InlineData(HostPathType.BlockDevice, FileKind.Missing, false)]
    [InlineData(HostPathType.File, FileKind.Unknown, false)]
    [InlineData(HostPathType.Unset, FileKind.Missing, true)]
    public void What_does(object type, object kind, bool does) => Assert.Equal(does, HostPath.Refuse("/p", (HostPathType)type, (FileKind)kind) is null);
}
