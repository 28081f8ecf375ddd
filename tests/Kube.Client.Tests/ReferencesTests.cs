namespace Kube.Tests;

public class ReferencesTests
{
    // An assembly that lies beside the runtime itself comes with it, whatever its name: Win32Exception is in Microsoft.Win32.Primitives.
    static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Fact]
    public void The_client_needs_nothing_but_the_runtime() =>
        Assert.All(typeof(KubeApi).Assembly.GetReferencedAssemblies(), a => Assert.True(File.Exists(Path.Combine(Runtime, a.Name + ".dll")), a.FullName));
}
