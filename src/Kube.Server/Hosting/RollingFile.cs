using System.Text;

namespace Kube.Server.Hosting;

/// <summary>A log file that moves over to <c>FILE.1</c> when it has grown to its bound, so that the two never hold more than twice that.</summary>
sealed class RollingFile : TextWriter
{
    readonly string _path;
    readonly long _maxBytes;
    StreamWriter _writer;

    public RollingFile(string path, long maxBytes = 10 << 20)
    {
        (_path, _maxBytes) = (path, maxBytes);
        _writer = Open();
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => _writer.Write(value);

    public override void WriteLine(string? value)
    {
        if (_writer.BaseStream.Length >= _maxBytes)
        {
            _writer.Dispose();
            File.Move(_path, _path + ".1", overwrite: true);
            _writer = Open();
        }
        _writer.WriteLine(value);
    }

    public override void Flush() => _writer.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _writer.Dispose();
        base.Dispose(disposing);
    }

    StreamWriter Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new StreamWriter(_path, new UTF8Encoding(false), options);
    }
}
