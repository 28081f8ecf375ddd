using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Kube.Module.Tests;

/// <summary>Tests that call the module's own types get them from where PowerShell does: there is one copy in the process.</summary>
static class LaidOutModule
{
    [ModuleInitializer]
    internal static void Find() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        Path.Combine(ModuleSession.ModulePath, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
}
