namespace Kube.Module.Tests.Views;

[Collection(ViewCollection.Name)]
public sealed class CellTests : IClassFixture<ViewScreens>, IDisposable
{
    const string Red = "\e[31m", Yellow = "\e[33m", Dim = "\e[2m", Plain = "";

    readonly ViewScreens _screens;

    public CellTests(ViewScreens screens)
    {
        _screens = screens;
        Render("Ansi");
    }

    [Theory]
    [InlineData("Running", Plain)]
    [InlineData("Completed", Dim)]
    [InlineData("Pending", Yellow)]
    [InlineData("ContainerCreating", Yellow)]
    [InlineData("PodInitializing", Yellow)]
    [InlineData("Terminating", Yellow)]
    [InlineData("NotReady", Yellow)]
    [InlineData("SchedulingGated", Yellow)]
    [InlineData("Unknown", Yellow)]
    [InlineData("Init:0/2", Yellow)]
    [InlineData("Init:12/13", Yellow)]
    [InlineData("Init:", Plain)]
    [InlineData("Init:CrashLoopBackOff", Red)]
    [InlineData("Init:Error", Red)]
    [InlineData("Init:Signal:9", Red)]
    [InlineData("Init:ExitCode:1", Red)]
    [InlineData("CrashLoopBackOff", Red)]
    [InlineData("ErrImagePull", Red)]
    [InlineData("ImagePullBackOff", Red)]
    [InlineData("InvalidImageName", Red)]
    [InlineData("CreateContainerConfigError", Red)]
    [InlineData("OOMKilled", Red)]
    [InlineData("Error", Red)]
    [InlineData("ExitCode:3", Red)]
    [InlineData("Signal:9", Red)]
    [InlineData("Evicted", Red)]
    [InlineData("Failed", Red)]
    [InlineData("running", Red)]
    public void A_pods_state_is_coloured_by_what_it_says(string state, string colour)
    {
        string json = $"{{'apiVersion':'v1','kind':'Pod','metadata':{{'name':'a'}},'status':{{'phase':'{state}'}}}}";
        Assert.Equal(Painted(state, colour), _screens.Narrow.Text("[Kube.Module.Views.Cell]::State((doc $args[0]))", json));
    }

    [Theory]
    [InlineData("Active", Plain)]
    [InlineData("Bound", Plain)]
    [InlineData("Healthy", Plain)]
    [InlineData("Complete", Dim)]
    [InlineData("Stopped", Dim)]
    [InlineData("Terminating", Yellow)]
    [InlineData("Suspended", Yellow)]
    [InlineData("Failed", Red)]
    [InlineData("Lost", Red)]
    [InlineData("ImagePullBackOff", Red)]
    [InlineData("SyncError", Red)]
    [InlineData("", Plain)]
    public void A_word_that_is_not_a_pods_is_trouble_only_where_it_says_so(string state, string colour) =>
        Assert.Equal(Painted(state, colour), _screens.Narrow.Text("[Kube.Module.Views.Cell]::State($args[0])", state));

    [Theory]
    [InlineData("True", "", "", Plain, "Ready")]
    [InlineData("False", "", "", Red, "NotReady")]
    [InlineData("Unknown", "", "", Red, "NotReady")]
    [InlineData("True", "'unschedulable':true", "", Yellow, "Ready,SchedulingDisabled")]
    [InlineData("False", "'unschedulable':true", "", Red, "NotReady,SchedulingDisabled")]
    [InlineData("True", "", "{'type':'MemoryPressure','status':'True'}", Yellow, "Ready")]
    [InlineData("True", "", "{'type':'PIDPressure','status':'True'}", Yellow, "Ready")]
    [InlineData("True", "", "{'type':'NetworkUnavailable','status':'True'}", Yellow, "Ready")]
    [InlineData("True", "", "{'type':'DiskPressure','status':'Unknown'}", Plain, "Ready")]
    [InlineData("True", "", "{'type':'DiskPressure','status':'False'}", Plain, "Ready")]
    public void A_node_is_trouble_when_it_is_not_ready_and_worth_a_look_under_pressure(string ready, string spec, string condition, string colour, string state)
    {
        string conditions = string.Join(',', new[] { condition, $"{{'type':'Ready','status':'{ready}'}}" }.Where(text => text.Length > 0));
        string json = $"{{'apiVersion':'v1','kind':'Node','spec':{{{spec}}},'status':{{'conditions':[{conditions}]}}}}";
        Assert.Equal(Painted(state, colour), _screens.Narrow.Text("[Kube.Module.Views.Cell]::State((doc $args[0]))", json));
    }

    [Theory]
    [InlineData(80, 10, 50, "0123456789", "0123456789")]
    [InlineData(80, 10, 50, "0123456789a", "012345678…")]
    [InlineData(160, 10, 50, "0123456789a", "0123456789a")]
    [InlineData(160, 1, 10, "0123456789", "01234567…")]
    [InlineData(80, 10, 50, "東京の本番", "東京の本番")]
    [InlineData(80, 10, 50, "東京の本番ク", "東京の本…")]
    [InlineData(80, 10, 50, "a東京の本番ク", "a東京の本…")]
    [InlineData(80, 3, 50, "ab😀cd", "ab…")]
    [InlineData(80, 4, 50, "ab😀cd", "ab…")]
    [InlineData(80, 1, 0, "ab", "…")]
    [InlineData(80, 0, 0, "ab", "…")]
    [InlineData(80, 5, 0, "", "")]
    public void A_text_is_cut_to_its_share_of_the_screen(int width, int narrow, int percent, string text, string shown) =>
        Assert.Equal(shown, (width == 80 ? _screens.Narrow : _screens.Broad).Text("[Kube.Module.Views.Cell]::Fit($args[0], $Host, $args[1], $args[2])", text, narrow, percent));

    [Fact]
    public void Nothing_is_cut_where_the_screen_is_not_known() =>
        Assert.Equal(new string('x', 500), _screens.Narrow.Text("[Kube.Module.Views.Cell]::Fit($args[0], $null, 5, 5)", new string('x', 500)));

    [Theory]
    [InlineData("https://127.0.0.1:6443/", "https://127.0.0.1:6443")]
    [InlineData("https://kube:hunter2@example.com/clusters/a?token=hunter2#x", "https://example.com/clusters/a")]
    public void An_address_shows_no_user_and_no_query(string address, string shown) =>
        Assert.Equal(shown, _screens.Narrow.Text("[Kube.Module.Views.Cell]::Address($args[0])", address));

    const string Connection = "(&{ $o = [Kube.KubeConnectionOptions]::new(); $o.Server = 'https://localhost'; $o.Name = 'x'; [Kube.KubeConnection]::new($o) })";

    [Theory]
    [InlineData("default", "web-7d4b9c6f5-x2x8z", "web-7d4b9c6f5…")]
    [InlineData("kube-system", "web", "kube-syst…/web")]
    [InlineData("shop", "web", "shop/web")]
    [InlineData("kube-system", "web-7d4b9c6f5-x2x8z", "kub…/web-7d4b…")]
    public void Of_a_name_and_its_namespace_the_name_keeps_the_larger_part(string place, string name, string shown) =>
        Assert.Equal(shown, _screens.Narrow.Text($"[Kube.Module.Views.Cell]::Qualified($args[0], $args[1], {Connection}, $Host, 14, 50)", name, place));

    [Theory]
    [InlineData("default", "web")]
    [InlineData("shop", "shop/web")]
    [InlineData("", "web")]
    public void A_name_has_its_namespace_where_that_is_not_the_connections(string place, string shown)
    {
        Assert.Equal(shown, _screens.Narrow.Text($"[Kube.Module.Views.Cell]::Qualified('web', $args[0], {Connection})", place));
        Assert.Equal("web", _screens.Narrow.Text("[Kube.Module.Views.Cell]::Qualified('web', $args[0], $null)", place));
    }

    [Theory]
    [InlineData("PlainText")]
    [InlineData("Host")]
    public void Redirected_output_has_colours_only_for_one_who_asks_for_them(string rendering)
    {
        if (!Console.IsOutputRedirected) Assert.Skip("needs a standard output that is redirected, as under dotnet test");
        Render(rendering);
        Assert.Equal("Failed", _screens.Narrow.Text("[Kube.Module.Views.Cell]::State('Failed')"));
    }

    public void Dispose() => Render("PlainText");

    void Render(string rendering) => _screens.Narrow.Text("$PSStyle.OutputRendering = $args[0]", rendering);

    static string Painted(string text, string colour) => colour.Length == 0 ? text : $"{colour}{text}\e[0m";
}
