namespace Kube.Module.Tests.EndToEnd;

/// <summary>Tables and objects of PowerShell as documents, to the server and back.</summary>
public abstract class ConversionTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Theory]
    [InlineData("@{ v = 1 }", "{\"v\":1}")]
    [InlineData("[pscustomobject]@{ v = 1; w = [pscustomobject]@{ x = $null } }", "{\"v\":1,\"w\":{\"x\":null}}")]
    [InlineData("[ordered]@{ z = 1; a = 2 }", "{\"z\":1,\"a\":2}")]
    [InlineData("@{ v = @('one') }", "{\"v\":[\"one\"]}")]
    [InlineData("@{ v = @() }", "{\"v\":[]}")]
    [InlineData("@{ v = ,@(1, 2) }", "{\"v\":[[1,2]]}")]
    [InlineData("@{ v = 'text' | ForEach-Object { $_ } }", "{\"v\":\"text\"}")]
    [InlineData("@{ v = [psobject] 5 }", "{\"v\":5}")]
    [InlineData("@{ v = [switch] $true }", "{\"v\":true}")]
    [InlineData("@{ v = 5gb }", "{\"v\":5368709120}")]
    [InlineData("@{ v = 1.10d }", "{\"v\":1.10}")]
    [InlineData("@{ v = [datetime] '2026-01-02T03:04:05Z' }", "{\"v\":\"2026-01-02T03:04:05Z\"}")]
    [InlineData("@{ v = [System.DayOfWeek]::Friday }", "{\"v\":\"Friday\"}")]
    [InlineData("@{ v = & { } }", "{\"v\":null}")]
    [InlineData("@{ v = 1..3 | Where-Object { $_ -gt 1 } }", "{\"v\":[2,3]}")]
    [InlineData("@{ v = @{ a = 1 }, @{ b = 2 } }", "{\"v\":[{\"a\":1},{\"b\":2}]}")]
    public void A_value_is_written_as_it_is(string value, string json) => Assert.Equal(json, Text($"{value} | ConvertTo-KubeJson -Compress"));

    [Theory]
    [InlineData("@{ v = [securestring]::new() }", "SecureString")]
    [InlineData("@{ v = [pscredential]::new('a', [securestring]::new()) }", "PSCredential")]
    [InlineData("@{ v = { 1 } }", "ScriptBlock")]
    [InlineData("@{ v = [timespan]::FromSeconds(1) }", "TimeSpan")]
    [InlineData("$h = @{}; $h.a = @($h); $h", "holds itself")]
    [InlineData("$o = [pscustomobject]@{ a = 1 }; $o.a = $o; $o", "holds itself")]
    public void What_is_no_document_is_refused_by_name(string value, string part)
    {
        var error = Session.RunForError($"{value} | ConvertTo-KubeJson");
        Assert.StartsWith("KubeParameterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(part, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_nobody_knows_survive_get_change_and_set()
    {
        Run("$null = New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'm'; annotations = @{ deep = '1' } }; data = [ordered]@{ b = '1'; a = '2' } }");
        Run("$m = Get-KubeResource cm m; $before = $m | ConvertTo-KubeJson -Compress; $m.data.b = 'new'; $m | Update-KubeResource");
        Assert.Equal("new 2 1", Text("$n = Get-KubeResource cm m; $n.data.b, $n.data.a, $n.Annotations['deep']"));
        Assert.Equal("True", Text("$m = Get-KubeResource cm m; ($m | ConvertTo-KubeYaml) -match 'managedFields'"));
        Assert.Equal("False", Text("($m | ConvertTo-KubeYaml -NoManagedFields) -match 'managedFields'"));
        Assert.Equal("m False", Text("$j = $m | ConvertTo-KubeJson -NoManagedFields; ($j | ConvertFrom-KubeYaml).metadata.name, ($j -match 'managedFields')"));
        Assert.Contains("managedFields", Text("$m.ToJson()"), StringComparison.Ordinal);
    }
}

public sealed class EmbeddedConversionTests(SimulatedCluster cluster) : ConversionTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesConversionTests(KubernetesCluster cluster) : ConversionTests(cluster);
