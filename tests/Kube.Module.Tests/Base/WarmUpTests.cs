namespace Kube.Module.Tests.Base;

public sealed class WarmUpTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    /// <summary>At an import nobody would hear of it.</summary>
    [Fact]
    public void What_is_done_ahead_can_be_done()
    {
        var done = _session.RunForOne("$null = [Kube.Module.Base.WarmUp].GetMethod('ReadAuthorities', [Reflection.BindingFlags]'NonPublic, Static').Invoke($null, @()); 'done'");
        Assert.Equal("done", done.ToString());
        Assert.Empty(_session.Errors);
    }
}
