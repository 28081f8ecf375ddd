using System.Runtime;
using System.Runtime.InteropServices;

namespace Kube.Server.Hosting;

/// <summary>Gives back what the start took and nothing needs any more: left to themselves the collector and the C library would keep it, for as long as the server has little to do.</summary>
static class Settling
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    const int MostTimes = 10, FewMethods = 50;

    delegate int Trim(nuint keep);

    /// <summary>Gives back, and again until the start's work is over: when the server is ready its copies still fill, and what they ran often is compiled anew.</summary>
    public static async Task RunAsync(CancellationToken stop)
    {
        for (var time = 0; time < MostTimes; time++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            await Task.Delay(Pause, stop);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            TrimNativeHeap();
            if (JitInfo.GetCompiledMethodCount() - compiled < FewMethods) return;
        }
    }

    // glibc keeps what is freed unless it is told; other C libraries have no such call, and keep less.
    static void TrimNativeHeap()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out var address))
            Marshal.GetDelegateForFunctionPointer<Trim>(address)(0);
    }
}
