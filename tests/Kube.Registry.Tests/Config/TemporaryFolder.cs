namespace Kube.Registry.Tests.Config;

/// <summary>A folder of a test's own, gone with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("kube-registry-").FullName;

    public string Path { get; }

    /// <summary>Writes a file, making its folders, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
