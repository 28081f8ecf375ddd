using System.Management.Automation;

namespace Kube.Module.Tests.Commands;

public sealed class ChangeTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Theory]
    [InlineData("New-KubePod -Name a -Image busybox", "Get-KubePod a")]
    [InlineData("New-KubeNamespace never", "Get-KubeNamespace never")]
    [InlineData("New-KubeResource -Manifest '{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"never\"}}'", "Get-KubeResource configmaps never")]
    public void WhatIf_creates_nothing(string command, string look)
    {
        using var place = new Place(_session, cluster);

        Assert.Contains("What if: ", _session.Show(command + " -WhatIf"), StringComparison.Ordinal);
        _session.Run(look);

        Assert.StartsWith("KubeNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_with_a_wildcard_names_each_and_removes_none()
    {
        using var place = new Place(_session, cluster);
        _session.Run("'a','b' | ForEach-Object { New-KubePod -Name $_ -Image busybox }");

        var shown = _session.Show("Remove-KubePod * -WhatIf");

        Assert.Contains("Pod a in namespace " + place.Name, shown, StringComparison.Ordinal);
        Assert.Contains("Pod b in namespace " + place.Name, shown, StringComparison.Ordinal);
        Assert.Equal(2, _session.Run("Get-KubePod").Count);
    }

    [Fact]
    public void A_host_that_cannot_ask_says_how_to_go_ahead_without()
    {
        var error = _session.RunForError("Remove-KubeNamespace default");

        Assert.StartsWith("KubeConfirmationRequired,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Confirm:$false", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(_session.Run("Get-KubeNamespace default"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void Nothing_happens_after_a_no(int answer, bool remains)
    {
        using var asked = cluster.Connect(canPrompt: true);
        asked.Screen.Answer = answer;
        var name = "asked-" + Guid.NewGuid().ToString("n")[..8];
        asked.Run("$null = New-KubeNamespace $args[0]", name);

        asked.Run("Remove-KubeNamespace $args[0]", name);

        Assert.Single(asked.Screen.Questions);
        TestCluster.WaitUntil(asked, $"[bool](Get-KubeNamespace {name}* | Where-Object State -eq Active) -eq ${(remains ? "true" : "false")}");
        if (remains) asked.Run("Remove-KubeNamespace $args[0] -Confirm:$false", name);
    }

    [Fact]
    public void Changes_are_silent_unless_asked_to_hand_on()
    {
        using var place = new Place(_session, cluster);
        _session.Run("'a','b' | ForEach-Object { New-KubePod -Name $_ -Image busybox }");

        Assert.Empty(_session.Run("Remove-KubePod a"));
        Assert.Equal("b", _session.RunForOne("Remove-KubePod b -PassThru").Properties["Name"].Value);
        TestCluster.WaitUntil(_session, "@(Get-KubePod).Count -eq 0");
    }

    [Fact]
    public void One_bad_manifest_and_nothing_is_created()
    {
        using var place = new Place(_session, cluster);
        var folder = Directory.CreateTempSubdirectory("kube-manifests-");
        File.WriteAllText(Path.Combine(folder.FullName, "1.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec: {containers: [{name: c, image: busybox}]}\n");
        File.WriteAllText(Path.Combine(folder.FullName, "2.yaml"), "apiVersion: v1\nmetadata: {name: bad}\n");

        var error = _session.RunForError("New-KubeResource -Path $args[0] -Recurse", folder.FullName);

        Assert.StartsWith("KubeManifestInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("kind is missing", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("2.yaml", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-KubePod"));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("@{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = 'made' }; spec = @{ containers = @(@{ name = 'c'; image = 'busybox' }) } } | New-KubePod")]
    [InlineData("[pscustomobject]@{ apiVersion = 'v1'; kind = 'Pod'; metadata = [pscustomobject]@{ name = 'made' }; spec = @{ containers = , @{ name = 'c'; image = 'busybox' } } } | New-KubePod")]
    [InlineData("New-KubePod -Manifest \"apiVersion: v1`nkind: Pod`nmetadata: {name: made}`nspec: {containers: [{name: c, image: busybox}]}\"")]
    [InlineData("New-KubePod made busybox")]
    public void A_pod_comes_from_a_table_an_object_text_or_parameters(string command)
    {
        using var place = new Place(_session, cluster);

        var pod = _session.RunForOne(command);

        Assert.Empty(_session.Errors);
        Assert.Equal("Kube.KubePod", pod.TypeNames[0]);
        Assert.Equal("busybox", _session.RunForOne("(Get-KubePod made).Spec.containers[0].image").BaseObject);
    }

    [Fact]
    public void What_was_read_can_be_created_elsewhere()
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name original -Image busybox");

        _session.Run("$pod = Get-KubePod original; $pod.Metadata.name = 'copy'; $pod | New-KubePod");

        Assert.Empty(_session.Errors);
        Assert.Equal(["copy", "original"], _session.Run("Get-KubePod").Select(pod => (string)pod.Properties["Name"].Value));
    }

    [Theory]
    [InlineData("New-KubePod -Manifest '{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"x\"}}'", "KubeWrongKind")]
    [InlineData("New-KubePod -Namespace other -Manifest '{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"x\",\"namespace\":\"mine\"}}'", "KubeNamespaceMismatch")]
    [InlineData("New-KubePod -Uri ftp://example.com/pod.yaml", "KubeManifestInvalid")]
    [InlineData("New-KubePod -Manifest '<html>'", "KubeManifestInvalid")]
    [InlineData("1 | New-KubePod", "KubeManifestInvalid")]
    [InlineData("New-KubeResource -Path not-there.yaml", "KubeManifestNotFound")]
    public void A_source_that_cannot_be_used_ends_the_command(string command, string id)
    {
        using var place = new Place(_session, cluster);

        Assert.StartsWith(id + ",", _session.RunForError(command).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-KubePod"));
    }

    [Theory]
    [InlineData("New-KubePod -Name x -Image busybox -Label @{ 'no key!' = 'x' }", "KubeInvalid", "metadata.labels")]
    [InlineData("New-KubePod -Name twice -Image busybox; New-KubePod -Name twice -Image busybox", "KubeAlreadyExists", null)]
    [InlineData("New-KubePod -Manifest '{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"x\"},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}'", "KubeInvalid", "spec.containers[0].image")]
    public void What_the_server_refuses_is_an_error_that_names_the_field(string command, string id, string? field)
    {
        using var place = new Place(_session, cluster);

        _session.Run(command);

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        if (field is not null) Assert.Contains(field, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_ends_with_the_reason_when_time_is_up_or_hope_is_gone()
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Manifest $args[0]", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"stuck"},"spec":{"nodeName":"no-such-node","containers":[{"name":"c","image":"busybox"}]}}""");
        _session.Run("New-KubePod -Manifest $args[0]", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"done","annotations":{"kube.simulated/run-for":"100ms","kube.simulated/exit-code":"3"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"busybox"}]}}""");

        _session.Run("Wait-KubePod stuck -TimeoutSec 1");
        var timeout = Assert.Single(_session.Errors);
        _session.Run("Wait-KubePod done -For Condition=Frobbed -TimeoutSec 120");
        var never = Assert.Single(_session.Errors);
        _session.Run("Wait-KubePod stuck, done -For Deleted -TimeoutSec 0");

        Assert.StartsWith("KubeWaitTimeout,", timeout.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Pending", timeout.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.StartsWith("KubeWaitFailed,", never.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(2, _session.Errors.Count);
        _session.Run("Remove-KubePod * -GracePeriod 0");
        Assert.Empty(_session.Run("Wait-KubePod stuck -For Deleted -TimeoutSec 120"));
        Assert.Empty(_session.Errors);
    }

    public void Dispose() => _session.Dispose();
}
