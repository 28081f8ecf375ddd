using System.Xml.Linq;

namespace Kube.Module.Tests.Objects;

public sealed class ViewTests(ObjectsSession session) : IClassFixture<ObjectsSession>
{
    [Fact]
    public void A_log_line_shows_as_it_is()
    {
        Assert.Equal("    at Foo", session.Show("[Kube.KubeLogLine]::Parse('a', 'b', '    at Foo')").TrimEnd('\n'));
        Assert.Equal("one\ntwo", session.Show("[Kube.KubeLogLine]::Parse('a', 'b', 'one'); [Kube.KubeLogLine]::Parse('a', 'b', 'two')").TrimEnd('\n'));
    }

    [Fact]
    public void Every_property_and_script_of_every_view_works_on_an_empty_object()
    {
        var views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View").Where(view => view.Descendants("TypeName").Single().Value.StartsWith("Kube.", StringComparison.Ordinal));
        Assert.NotEmpty(views);
        foreach (var view in views)
        {
            string type = view.Descendants("TypeName").Single().Value;
            string sample = Sample(type);
            foreach (var property in view.Descendants("PropertyName"))
                Assert.True(session.Text($"$o = {sample}; $o.pstypenames -contains '{type}' -and ($null -ne $o.PSObject.Properties['{property.Value}'] -or '{property.Value}' -ceq 'data')") == "True", $"{type} {property.Value}");
            foreach (var script in view.Descendants("ScriptBlock"))
                session.Text($"$null = {sample} | ForEach-Object {{ {script.Value} }}");
        }
    }

    [Fact]
    public void No_view_of_a_secret_asks_for_its_values()
    {
        var views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View").Where(view => view.Descendants("TypeName").Single().Value == "Kube.KubeSecret").ToArray();
        Assert.Equal(3, views.Length);
        Assert.DoesNotContain(views.Descendants("PropertyName"), property => property.Value.ToLowerInvariant() is "data" or "stringdata" or "json" or "annotations");
        const string Secret = "doc \"{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'data':{'password':'aHVudGVyMg=='},'stringData':{'x':'hunter2'}}\"";
        Assert.DoesNotMatch("aHVudGVyMg|hunter2", session.Show(Secret) + session.Text($"$o = {Secret}; \"$o $($o.data) $($o.ToString())\""));
    }

    static string Sample(string type) => type switch
    {
        _ when type.IndexOf('#', StringComparison.Ordinal) is var end and > 0 => $"({Sample(type[..end])} | ForEach-Object {{ $_.PSObject.TypeNames.Insert(0, '{type}'); $_ }})",
        "Kube.KubeLogLine" => "[Kube.KubeLogLine]::Parse('', '', '')",
        "Kube.KubeObject" => "(doc '{}')",
        "Kube.KubeDeployment" => "(doc \"{'apiVersion':'apps/v1','kind':'Deployment'}\")",
        "Kube.KubeJob" => "(doc \"{'apiVersion':'batch/v1','kind':'Job'}\")",
        "Kube.KubePod" or "Kube.KubeService" or "Kube.KubeReplicationController" or "Kube.KubeNamespace" or "Kube.KubeConfigMap" or "Kube.KubeSecret" or "Kube.KubeNode" or "Kube.KubeEvent" =>
            $"(doc \"{{'apiVersion':'v1','kind':'{type["Kube.Kube".Length..]}'}}\")",
        "Kube.KubeWatchEvent" => "[Kube.KubeWatchEvent]::new('Added', (doc '{}'))",
        "Kube.KubeCluster" => "[Kube.KubeCluster]::new('', 'Stopped', '')",
        "Kube.KubeContext" => "[Kube.KubeContext]::new('', $null, $null, '', $false)",
        "Kube.KubeConnection" => "[Kube.KubeConnection]::new((&{ $o = [Kube.KubeConnectionOptions]::new(); $o.Server = 'https://localhost'; $o.Name = ''; $o }))",
        "Kube.KubeConnectionTest" => "[Kube.KubeConnectionTest]::new('', $true, @())",
        "Kube.KubeCopiedItem" => "[Kube.KubeCopiedItem]::new('', '', '', '', '')",
        "Kube.KubeCommandResult" => "[Kube.KubeCommandResult]::new('', '', '', 0)",
        "Kube.KubeResourceHelp" => "[Kube.KubeResourceHelp]::Read([Text.Encoding]::UTF8.GetBytes('{\"swagger\":\"2.0\",\"definitions\":{\"Pod\":{\"x-kubernetes-group-version-kind\":[{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"}]}}}'), [Kube.KubeResources]::Pods)",
        "Kube.KubeRegistryCredentialMatch" => "[Kube.KubeRegistryCredentialMatch]::new('', 1, '', '', '')",
        "Kube.KubeRegistryTest" => "[Kube.KubeRegistryTest]::new('', $null, $null, $false, 'None', @(), '', $null)",
        _ => $"$([{type}].GetConstructor([Type[]]@()) ? [{type}]::new() : [Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject([{type}]))",
    };
}
