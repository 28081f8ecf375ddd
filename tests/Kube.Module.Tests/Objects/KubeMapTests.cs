using System.Management.Automation;

namespace Kube.Module.Tests.Objects;

public sealed class KubeMapTests(ObjectsSession session) : IClassFixture<ObjectsSession>
{
    [Theory]
    [InlineData("$o.spec.replicas", "2")]
    [InlineData("$o.spec.replicas.GetType().Name", "Int32")]
    [InlineData("$o.spec.big.GetType().Name", "Int64")]
    [InlineData("$o.spec.huge.GetType().Name", "Decimal")]
    [InlineData("$o.spec.share.GetType().Name", "Double")]
    [InlineData("$o.spec.share -eq 0.5", "True")]
    [InlineData("$o.spec.flag.GetType().Name", "Boolean")]
    [InlineData("$null -eq $o.spec.none", "True")]
    [InlineData("$null -eq $o.spec.absent", "True")]
    [InlineData("$null -eq $o.spec.absent.deeper", "True")]
    [InlineData("$o.spec.REPLICAS", "2")]
    [InlineData("$o.spec.Case + $o.spec.case", "upperlower")]
    [InlineData("$o.spec.CASE", "upper")]
    [InlineData("$o.spec['replicas']", "2")]
    [InlineData("$k = 'replicas'; $o.spec.$k", "2")]
    [InlineData("$o.spec.'a.b/c'", "dotted")]
    [InlineData("$o.spec.containers.GetType().FullName", "System.Object[]")]
    [InlineData("$o.spec.containers.Count", "2")]
    [InlineData("$o.spec.containers[0].image", "nginx")]
    [InlineData("$o.spec.containers[-1].name", "b")]
    [InlineData("$o.spec.containers.name", "a b")]
    [InlineData("$o.spec.matrix[1][0]", "3")]
    [InlineData("$o.spec.empty.GetType().FullName", "System.Object[]")]
    [InlineData("$o.spec.empty.Length", "0")]
    [InlineData("$o.SPEC.Replicas", "2")]
    [InlineData("$o.status.phase", "")]
    [InlineData("$o.metadata.name", "x")]
    public void Values_are_read_by_dot(string script, string expected) => Assert.Equal(expected, session.Text(Document + script));

    [Theory]
    [InlineData("count")]
    [InlineData("Count")]
    [InlineData("length")]
    [InlineData("keys")]
    [InlineData("values")]
    [InlineData("Item")]
    [InlineData("SyncRoot")]
    [InlineData("ToJson")]
    [InlineData("GetType")]
    [InlineData("Add")]
    public void Names_of_CLR_members_are_keys_like_any_other(string key)
    {
        Assert.Equal("True", session.Text($"$m = map '{{}}'; $null -eq $m.{key}"));
        Assert.Equal("7", session.Text($"$m = map \"{{'{key}':7}}\"; $m.{key}"));
        Assert.Equal($$"""{"{{key}}":8}""", session.Text($"$m = map '{{}}'; $m.{key} = 8; $m.ToJson()"));
        Assert.Equal($$"""{"{{key}}":8}""", session.Text($"$m = map \"{{'{key}':7}}\"; $m.{key} = 8; $m.ToJson()"));
        Assert.Equal("7", session.Text($"$o = doc \"{{'spec':{{'{key}':7}}}}\"; $o.spec.{key}"));
    }

    [Theory]
    [InlineData("psobject")]
    [InlineData("PSTypeNames")]
    public void What_the_engine_has_on_every_object_yields_to_the_document(string name)
    {
        Assert.Equal("7", session.Text($"$m = map \"{{'{name}':7}}\"; $m.{name}"));
        Assert.Equal("True", session.Text($"$m = map '{{}}'; $null -ne $m.{name}"));
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("3.0", "3")]
    [InlineData("2.5", "2.5")]
    [InlineData("1.10d", "1.10")]
    [InlineData("[long]::MaxValue", "9223372036854775807")]
    [InlineData("[ulong]::MaxValue", "18446744073709551615")]
    [InlineData("[byte]7", "7")]
    [InlineData("12345678901234567890n", "12345678901234567890")]
    [InlineData("[float]0.1", "0.1")]
    [InlineData("$true", "true")]
    [InlineData("[switch]$true", "true")]
    [InlineData("$null", "null")]
    [InlineData("[DBNull]::Value", "null")]
    [InlineData("'text'", "\"text\"")]
    [InlineData("\"a`nb`t\"", "\"a\\nb\\t\"")]
    [InlineData("'<ü&\"\\>'", "\"<ü&\\\"\\\\>\"")]
    [InlineData("[char]'x'", "\"x\"")]
    [InlineData("('wrapped' | ForEach-Object { $_ })", "\"wrapped\"")]
    [InlineData("[datetime]::new(2024,1,2,3,4,5,[DateTimeKind]::Utc)", "\"2024-01-02T03:04:05Z\"")]
    [InlineData("[datetime]::new(2024,1,2,3,4,5,[DateTimeKind]::Local).AddMilliseconds(250)", null)]
    [InlineData("[datetimeoffset]::new(2024,1,2,3,4,5,[timespan]::FromHours(2))", "\"2024-01-02T01:04:05Z\"")]
    [InlineData("[DayOfWeek]::Monday", "\"Monday\"")]
    [InlineData("[byte[]](1,2,3)", "\"AQID\"")]
    [InlineData("@()", "[]")]
    [InlineData("@('a', 1, $null)", "[\"a\",1,null]")]
    [InlineData("1..3", "[1,2,3]")]
    [InlineData(",@(1,@(2))", "[[1,[2]]]")]
    [InlineData("[Collections.Generic.List[string]]('a','b')", "[\"a\",\"b\"]")]
    [InlineData("[Collections.ArrayList](1,2)", "[1,2]")]
    [InlineData("@{ a = 1 }", "{\"a\":1}")]
    [InlineData("[ordered]@{ b = 1; a = @{ c = @(1, @{ d = $null }) } }", "{\"b\":1,\"a\":{\"c\":[1,{\"d\":null}]}}")]
    [InlineData("[pscustomobject]@{ b = 1; a = [pscustomobject]@{ c = 'd' } }", "{\"b\":1,\"a\":{\"c\":\"d\"}}")]
    [InlineData("@{ 80 = 'x' }", "{\"80\":\"x\"}")]
    [InlineData("@{}", "{}")]
    [InlineData("(map \"{'n': 1.50}\")", "{\"n\": 1.50}")]
    [InlineData("(doc \"{'spec':{'n':1.50}}\").spec", "{\"n\":1.50}")]
    [InlineData("(doc \"{'kind':'X'}\")", "{\"kind\":\"X\"}")]
    [InlineData("(doc \"{'metadata':{'labels':{'a':'b'}}}\").Labels", "{\"a\":\"b\"}")]
    [InlineData("[Version]'1.2.3'", "\"1.2.3\"")]
    [InlineData("[uri]'https://example.com/a'", "\"https://example.com/a\"")]
    public void Values_are_unwrapped_and_converted_when_assigned(string value, string? json)
    {
        json ??= "\"" + new DateTime(2024, 1, 2, 3, 4, 5, 250, DateTimeKind.Local).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'") + "\"";
        Assert.Equal($$"""{"v":{{json}}}""", session.Text($"$m = map '{{}}'; $m.v = {value}; $m.ToJson()"));
        Assert.Equal($$"""{"v":{{json}}}""", session.Text($"$m = map \"{{'v':1}}\"; $m['v'] = {value}; $m.ToJson()"));
        Assert.Equal($$"""{"v":[{{json}}]}""", session.Text($"$m = map \"{{'v':[1]}}\"; $m.v[0] = {value}; $m.ToJson()"));
        Assert.Equal($$"""{"v":{{json}}}""", session.Text($"$m = map '{{}}'; $m.PSObject.Properties.Count; $m.v = 0; $m.PSObject.Properties['v'].Value = {value}; $m.ToJson()").Split(' ', 2)[1]);
    }

    [Theory]
    [InlineData("{ script }", "ScriptBlock cannot stand in a document")]
    [InlineData("[securestring]::new()", "SecureString cannot stand in a document")]
    [InlineData("[double]::NaN", "NaN is no number")]
    [InlineData("[timespan]::Zero", "TimeSpan cannot stand in a document")]
    [InlineData("[string][char]0xd800", "half of a surrogate pair")]
    [InlineData("$self", "nested too deeply")]
    public void What_JSON_cannot_hold_is_refused_and_changes_nothing(string value, string message)
    {
        Assert.Contains(message, session.Error($"$self = @{{}}; $self.self = $self; $global:m = map \"{{'v':1}}\"; $m.v = {value}"));
        Assert.Equal("""{"v":1}""", session.Text("$m.ToJson()"));
    }

    [Fact]
    public void A_map_is_one_object_in_the_pipeline()
    {
        Assert.Equal("1", session.Text(Document + "@($o.spec | ForEach-Object { $_ }).Count"));
        Assert.Equal("x", session.Text(Document + "($o | Where-Object { $_.spec.replicas -gt 1 }).Name"));
        Assert.Equal("b", session.Text(Document + "($o.spec.containers | Where-Object name -eq b).name"));
        Assert.Equal("a b", session.Text(Document + "$o.spec.containers | ForEach-Object name"));
        Assert.Equal("False False", session.Text("$m = map '{}'; $m -is [Collections.IEnumerable]; $m -is [Collections.IDictionary]"));
    }

    [Fact]
    public void The_cmdlets_that_take_property_names_find_keys()
    {
        Assert.Equal("2 nginx", session.Text(Document + """
            function value($object, $name) { [Microsoft.PowerShell.Commands.PSPropertyExpression]::new($name).GetValues($object).Result }
            value $o.spec replicas
            value $o.spec.containers[0] image
            """));
        Assert.Equal("name image", session.Text(Document + "$o.spec.containers[0].PSObject.Properties.Name"));
        Assert.Equal("name image", session.Text(Document + """
            [Microsoft.PowerShell.Commands.PSPropertyExpression]::new('*').ResolveNames($o.spec.containers[0]) | ForEach-Object { $_.ToString() }
            """));
        Assert.Equal("True", session.Text(Document + "$null -eq $o.spec.PSObject.Properties['absent']"));
    }

    [Fact]
    public void Keys_that_differ_by_case_alone_are_one_property()
    {
        Assert.Equal("Case", session.Text("$m = map \"{'Case':1,'case':2}\"; $m.PSObject.Properties.Name"));
        Assert.Equal("""{"Case":1,"case":3,"CASE":4}""", session.Text("$m = map \"{'Case':1,'case':2}\"; $m.case = 3; $m.Add('CASE', 4); $m.ToJson()"));
    }

    [Fact]
    public void Nested_maps_come_wrapped_so_that_cmdlets_see_their_keys()
    {
        object document = session.One(Document + "$o").BaseObject;
        var spec = Assert.IsType<PSObject>(document.GetType().GetProperty("Spec")!.GetValue(document));
        object map = spec.BaseObject;
        var item = map.GetType().GetProperty("Item")!;
        var containers = Assert.IsType<object[]>(item.GetValue(map, ["containers"]));
        Assert.All(containers, container => Assert.IsType<PSObject>(container));
        Assert.IsType<PSObject>(item.GetValue(map, ["inner"]));
        Assert.IsType<string>(item.GetValue(map, ["case"]));
        Assert.IsType<int>(item.GetValue(map, ["replicas"]));
    }

    [Fact]
    public void Strict_mode_reads_absent_keys_as_null()
    {
        Assert.Equal("True", session.Text(Document + "& { Set-StrictMode -Version Latest; $null -eq $o.spec.absent }"));
    }

    [Theory]
    [InlineData("$o.spec.repl", "replicas")]
    [InlineData("$o.spec.containers[0].", "name image")]
    [InlineData("$o.spec.inner.", "deep")]
    public void Tab_completes_keys(string typed, string completions)
    {
        session.Text(Document + "$global:o = $o");
        Assert.Equal(completions.Split(' ').Order(), session.Complete(typed));
    }

    [Fact]
    public void A_map_shows_its_keys_as_a_table_or_list_does()
    {
        string shown = session.Show("$m = map \"{'name':'web','image':'nginx','ports':[{'port':80}],'env':{'A':'secret'}}\"; $m");
        Assert.Matches(@"name +image +ports +env", shown);
        Assert.Matches(@"web +nginx +\{\{port\}\} +\{A\}", shown);
        Assert.DoesNotContain("secret", shown);
    }

    [Fact]
    public void Edits_made_at_the_prompt_are_in_the_document_and_the_rest_is_as_it_came()
    {
        Assert.Equal(
            """{"kind":"Deployment", "apiVersion":"apps/v1","metadata":{"name":"x","labels":{"app":"b"}},"spec":{"replicas":3,  "x":1.50,"template":{"spec":{"containers":[{"name":"a","image":"nginx:2"},{"name":"c"}]}},"paused":true},"unknown":{"é":"é"}}""",
            session.Text("""
                $o = doc "{'kind':'Deployment', 'apiVersion':'apps/v1','metadata':{'name':'x','labels':{'app':'a'}},'spec':{'replicas':1,  'x':1.50,'template':{'spec':{'containers':[{'name':'a','image':'nginx:1'}]}}},'unknown':{'é':'é'}}"
                $o.spec.replicas++
                $o.spec.replicas += 1
                $o.spec.template.spec.containers[0].image = 'nginx:2'
                $o.spec.template.spec.containers += @{ name = 'c' }
                $o.spec.paused = $true
                $o.Labels['app'] = 'b'
                $o.ToJson()
                """));
    }

    const string Document = """
        $o = doc "{'apiVersion':'v1','kind':'Thing','metadata':{'name':'x'},'spec':{'replicas':2,'big':5000000000,'huge':12345678901234567890,'share':0.5,'flag':true,'none':null,'Case':'upper','case':'lower','a.b/c':'dotted','containers':[{'name':'a','image':'nginx'},{'name':'b'}],'matrix':[[1,2],[3]],'empty':[],'inner':{'deep':1}},'status':{'phase':''}}"

        """;
}
