using System.Diagnostics;

namespace Kube.Module.Tests.Package;

/// <summary>The package, made by dotnet pack and installed by NuGet from a folder: what a gallery would hand out.</summary>
public sealed class InstalledPackage : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly string _folder = Directory.CreateTempSubdirectory("kube-package-").FullName;

    public InstalledPackage()
    {
        var configuration = AppContext.BaseDirectory.Contains(System.IO.Path.Combine("bin", "Release"), StringComparison.Ordinal) ? "Release" : "Debug";
        var source = System.IO.Path.Combine(_folder, "source");
        Dotnet("pack", System.IO.Path.Combine(ModuleSession.RepositoryRoot, "src", "Kube.Package"), "--no-build", "--configuration", configuration, "--output", source, "--verbosity", "quiet");

        var project = System.IO.Path.Combine(_folder, "install.proj.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestorePackagesPath>{_folder}/packages</RestorePackagesPath><RestoreSources>{source}</RestoreSources></PropertyGroup>
              <ItemGroup><PackageDownload Include="Kube" Version="[{Manifest.Version}]" /></ItemGroup>
            </Project>
            """);
        // A private folder above no Directory.Build.props: nothing but the package is restored, from nothing but its folder.
        Dotnet("restore", project, "-p:DisableImplicitFrameworkReferences=true", "-p:DisableImplicitNuGetFallbackFolder=true", "-p:UseAppHost=false", "--verbosity", "quiet");
    }

    internal static Kube.Package.ModuleManifest Manifest { get; } = Kube.Package.ModuleManifest.Read(ModuleSession.RepositoryRoot);

    /// <summary>The module's folder, as a module path has it.</summary>
    public string Path => System.IO.Path.Combine(_folder, "packages", "kube", Manifest.Version);

    /// <summary>What is in it, but for what NuGet itself keeps there; with forward slashes, in order.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("kube.", StringComparison.Ordinal) && !file.StartsWith(".nupkg", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs dotnet to its end and returns its exit status and all that it wrote.</summary>
    public static (int Status, string Output) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience)) process.Kill(entireProcessTree: true);
        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    static void Dotnet(params string[] arguments)
    {
        var (status, output) = Run(arguments);
        Assert.True(status == 0, output);
    }
}
