namespace Kube.Module.Tests.Objects;

public sealed class KubeObjectTests(ObjectsSession session) : IClassFixture<ObjectsSession>
{
    [Theory]
    [InlineData("$o.data.key", "value")]
    [InlineData("$o.Data.KEY", "value")]
    [InlineData("$o.binaryData.b", "AQ==")]
    [InlineData("$o.rules[0].verbs", "get list")]
    [InlineData("$o.Name", "cm")]
    [InlineData("$o.name", "cm")]
    [InlineData("$o.Kind", "ConfigMap")]
    [InlineData("$o.DataCount", "3")]
    [InlineData("$o.Labels.app", "web")]
    [InlineData("$o.Labels['app']", "web")]
    [InlineData("$o.Labels.Count", "1")]
    [InlineData("$null -eq $o.Labels['absent']", "True")]
    [InlineData("$null -eq $o.Labels.absent", "True")]
    [InlineData("$o.Labels.Keys", "app")]
    [InlineData("$o.Labels.ContainsKey('app')", "True")]
    [InlineData("$o.Labels.GetEnumerator() | ForEach-Object { $_.Key + '=' + $_.Value }", "app=web")]
    [InlineData("\"$($o.Labels)\"", "app=web")]
    [InlineData("@($o.PSObject.Properties | Where-Object TypeNameOfValue -match Memory).Count", "0")]
    [InlineData("$null -eq $o.absent", "True")]
    [InlineData("$null -eq $o.spec", "True")]
    [InlineData("$o.GetType().FullName", "Kube.KubeConfigMap")]
    [InlineData("$o.pstypenames[0]", "Kube.KubeConfigMap")]
    [InlineData("($o | Where-Object DataCount -gt 2).Name", "cm")]
    [InlineData("($o | Where-Object { $_.data.key -eq 'value' }).Name", "cm")]
    [InlineData("($o | ForEach-Object data).key", "value")]
    [InlineData("[Microsoft.PowerShell.Commands.PSPropertyExpression]::new('Name').GetValues($o).Result", "cm")]
    [InlineData("[Microsoft.PowerShell.Commands.PSPropertyExpression]::new('data').GetValues($o).Result.key", "value")]
    [InlineData("$o.PSObject.Properties['data'].Value.key", "value")]
    [InlineData("$o.PSObject.Properties['rules'] -ne $null", "True")]
    [InlineData("@($o.PSObject.Properties | Where-Object Name -eq 'kind').Count", "1")]
    [InlineData("$o.PSObject.Properties.Add([psnoteproperty]::new('Note', 'here')); $o.Note", "here")]
    public void Properties_and_root_fields_are_read_by_dot(string script, string expected) => Assert.Equal(expected, session.Text(Document + script));

    [Theory]
    [InlineData("$o.data.key = 'new'", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"new"},"type":"t"}""")]
    [InlineData("$o.data = @{ a = 1 }", """{"apiVersion":"v1","kind":"ConfigMap","data":{"a":1},"type":"t"}""")]
    [InlineData("$o.Data.other = 1", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"v","other":1},"type":"t"}""")]
    [InlineData("$o.immutable = $true", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"v"},"type":"t","immutable":true}""")]
    [InlineData("$o.spec = @{ a = 1 }", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"v"},"type":"t","spec":{"a":1}}""")]
    [InlineData("$o.kind = 'Other'", """{"apiVersion":"v1","kind":"Other","data":{"key":"v"},"type":"t"}""")]
    [InlineData("$o.Labels['a'] = 'b'", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"v"},"type":"t","metadata":{"labels":{"a":"b"}}}""")]
    [InlineData("$o.Labels.Add('a', 'b'); $null = $o.Labels.Remove('a'); $o.Labels.c = 'd'", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"v"},"type":"t","metadata":{"labels":{"c":"d"}}}""")]
    [InlineData("$o.Annotations.a = 1", """{"apiVersion":"v1","kind":"ConfigMap","data":{"key":"v"},"type":"t","metadata":{"annotations":{"a":"1"}}}""")]
    [InlineData("$o.PSObject.Properties['data'].Value = 1", """{"apiVersion":"v1","kind":"ConfigMap","data":1,"type":"t"}""")]
    [InlineData("$null = $o.GetDocument().Remove('data')", """{"apiVersion":"v1","kind":"ConfigMap","type":"t"}""")]
    public void Root_fields_are_written_by_dot(string script, string json) =>
        Assert.Equal(json, session.Text($"$o = doc \"{{'apiVersion':'v1','kind':'ConfigMap','data':{{'key':'v'}},'type':'t'}}\"; {script}; $o.ToJson()"));

    /// <summary>Serialization shows what Get-Member and Export-Csv show: the members of the adapter alone.</summary>
    [Theory]
    [InlineData("$r.Name", "cm")]
    [InlineData("$r.Kind", "ConfigMap")]
    [InlineData("$r.DataCount", "3")]
    [InlineData("$r.data.key", "value")]
    [InlineData("$r.Labels['app']", "web")]
    [InlineData("@($r.PSObject.Properties)[0].Name", "Name")]
    [InlineData("@($r.PSObject.Properties | Where-Object Name -eq 'data').Count", "1")]
    [InlineData("$null -eq $r.Age", "True")]
    public void Own_properties_are_adapted_members_too(string script, string expected) =>
        Assert.Equal(expected, session.Text(Document + "$r = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($o, 3)); " + script));

    [Theory]
    [InlineData("Name", "string")]
    [InlineData("Age", "System.Nullable[timespan]")]
    [InlineData("Metadata", "Kube.KubeMap")]
    [InlineData("data", "Kube.KubeMap")]
    public void Members_tell_their_type(string property, string type) =>
        Assert.Equal(type, session.Text(Document + $"$o.PSObject.Properties['{property}'].TypeNameOfValue"), ignoreCase: true);

    [Fact]
    public void Properties_follow_the_document()
    {
        Assert.Equal("a b 5 new", session.Text("""
            $o = doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},'spec':{'replicas':1}}"
            $o.Name
            $o.metadata.name = 'b'; $o.Name
            $o.spec.replicas = 5; $o.Replicas
            $o.metadata.labels = @{ x = 'new' }; $o.Labels.x
            """));
    }

    [Fact]
    public void What_is_derived_cannot_be_set()
    {
        Assert.Contains("Ready", session.Error("$o = doc \"{'apiVersion':'v1','kind':'Pod'}\"; $o.Ready = 'x'"));
    }

    [Fact]
    public void Times_and_ages_compare_as_people_expect()
    {
        Assert.Equal("True True True Local TimeSpan", session.Text("""
            $o = doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','creationTimestamp':'2024-01-02T03:04:05Z'}}"
            $o.CreationTimestamp -lt [datetime]::Now
            ([datetime]::Now - $o.CreationTimestamp).TotalDays -gt 300
            $o.Age -gt [timespan]::FromDays(300)
            $o.CreationTimestamp.Kind
            $o.Age.GetType().Name
            """));
    }

    [Theory]
    [InlineData("$o.da", "data DataCount")]
    [InlineData("$o.rul", "rules")]
    [InlineData("$o.Nam", "Name Namespace")]
    [InlineData("$o.data.", "key other")]
    public void Tab_completes_properties_and_root_fields(string typed, string completions)
    {
        session.Text(Document + "$global:o = $o");
        Assert.Equal(completions.Split(' ').Order(), session.Complete(typed));
    }

    [Fact]
    public void Importing_again_changes_nothing()
    {
        using var other = new ModuleSession();
        other.Run("Import-Module $args[0] -Force -ErrorAction Stop", Path.Combine(ModuleSession.ModulePath, "Kube.psd1"));
        Assert.Empty(other.Errors);
        Assert.Equal("7", other.RunForOne("([Kube.KubeObject]::Parse([Text.Encoding]::UTF8.GetBytes('{\"spec\":{\"count\":7}}'))).spec.count").ToString());
    }

    const string Document = """
        $o = doc "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'cm','labels':{'app':'web'}},'data':{'key':'value','other':'x'},'rules':[{'verbs':['get','list']}],'binaryData':{'b':'AQ=='}}"

        """;
}
