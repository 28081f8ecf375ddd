using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Kube.Module.Base;

/// <summary>
/// Kube.Client as it was compiled ahead for this system, in a folder of that name beside the module: the first command of a process then need not wait for the compiler.
/// The one that runs everywhere lies beside the module itself.
/// </summary>
static class CompiledClient
{
    const string Name = "Kube.Client";

    /// <summary>Loads the client; this one where the runtime does not know the assembly yet.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The module's types file names types of the client, and an import reads it before it calls any initializer of PowerShell's own.")]
    internal static void Load()
    {
        AssemblyLoadContext.Default.Resolving += Resolve;
        Assembly.Load(Name);
    }

    static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted)
    {
        if (wanted.Name != Name || Path.GetDirectoryName(typeof(CompiledClient).Assembly.Location) is not { } folder) return null;
        var compiled = Path.Combine(folder, RuntimeInformation.RuntimeIdentifier, Name + ".dll");
        return File.Exists(compiled) ? context.LoadFromAssemblyPath(compiled) : null;
    }
}
