namespace Kube.Shell;

/// <summary>Where the module stands.</summary>
static class ModuleLocation
{
    /// <summary>The folder with Kube.psd1: beside this program, or where the build lays it out.</summary>
    /// <exception cref="DirectoryNotFoundException">It is in neither place.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var candidate in new[] { Path.Combine(folder.FullName, "Kube"), Path.Combine(folder.FullName, "out", "Kube") })
            {
                if (File.Exists(Path.Combine(candidate, "Kube.psd1")) && File.Exists(Path.Combine(candidate, "Kube.Module.dll"))) return candidate;
            }
        }
        throw new DirectoryNotFoundException($"The module is neither beside {AppContext.BaseDirectory} nor in a folder out/Kube above it. Build it with: dotnet build Kube.Module.sln");
    }
}
