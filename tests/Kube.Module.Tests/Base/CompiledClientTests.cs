using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Kube.Module.Tests.Base;

/// <summary>On a copy of the module's assemblies: what the build lays out has the compiled client only in Release.</summary>
public sealed class CompiledClientTests : IDisposable
{
    const string Client = "Kube.Client.dll";

    readonly string _folder = Directory.CreateTempSubdirectory("kube-compiled-").FullName;
    readonly AssemblyLoadContext _context = new("a copy of the module", isCollectible: true);

    public void Dispose()
    {
        _context.Unload();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_client_compiled_for_this_system_is_taken_where_there_is_one(bool isThere)
    {
        var compiled = Path.Combine(_folder, isThere ? RuntimeInformation.RuntimeIdentifier : "plan9-vax", Client);
        Directory.CreateDirectory(Path.GetDirectoryName(compiled)!);
        File.Copy(Path.Combine(ModuleSession.ModulePath, Client), compiled);
        File.Copy(Path.Combine(ModuleSession.ModulePath, "Kube.Module.dll"), Path.Combine(_folder, "Kube.Module.dll"));

        var module = _context.LoadFromAssemblyPath(Path.Combine(_folder, "Kube.Module.dll"));
        var resolve = module.GetType("Kube.Module.Base.CompiledClient", throwOnError: true)!.GetMethod("Resolve", BindingFlags.NonPublic | BindingFlags.Static)!;
        var taken = (Assembly?)resolve.Invoke(null, [_context, new AssemblyName("Kube.Client")]);

        Assert.Equal(isThere ? compiled : null, taken?.Location);
        Assert.Null(resolve.Invoke(null, [_context, new AssemblyName("Kube.Registry")]));
    }
}
