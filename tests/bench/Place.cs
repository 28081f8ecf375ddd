using System.Reflection;
using Kube.Bench.Processes;

namespace Kube.Bench;

/// <summary>Where the benchmarks run: the module as it is laid out, an engine, and a folder of their own for all that is kept.</summary>
sealed class Place : IDisposable
{
    Place(string root, string folder, IEngine engine) => (Root, Folder, Engine) = (root, folder, engine);

    /// <summary>The folder with Kube.psd1.</summary>
    public string Root { get; }

    /// <summary>For anything that a benchmark writes.</summary>
    public string Folder { get; }

    public IEngine Engine { get; }

    public string ModulePath => Path.Combine(Root, "out", "Kube", "Kube.psd1");

    public string ServerPath => Path.Combine(Root, "out", "Kube", "server", "kube-server.dll");

    public string ReportPath => Path.Combine(Root, "docs", "benchmarks.md");

    public static bool IsRelease => Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration == "Release";

    public static Place Create(IEngine engine)
    {
        var folder = Directory.CreateTempSubdirectory("kube-bench-").FullName;
        // Inherited by all that is started from here: the person's own clusters, kubeconfig and credentials stay out of it.
        Environment.SetEnvironmentVariable("KUBE_HOME", Path.Combine(folder, "home"));
        Environment.SetEnvironmentVariable("KUBECONFIG", Path.Combine(folder, "kubeconfig"));
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", Path.Combine(folder, "docker"));
        return new Place(FindRoot(), folder, engine);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kube.psd1"))) return folder.FullName;
        }
        throw new BenchException("The folder with Kube.psd1 is not above " + AppContext.BaseDirectory);
    }
}
