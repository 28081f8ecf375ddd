namespace Kube.Tests;

public class ReferencesTests
{
    [Fact]
    public void The_client_needs_nothing_but_the_runtime() =>
        Assert.All(typeof(KubeApi).Assembly.GetReferencedAssemblies(), a => Assert.True(a.Name!.StartsWith("System.", StringComparison.Ordinal) && a.Name != "System.Management.Automation", a.FullName));
}
