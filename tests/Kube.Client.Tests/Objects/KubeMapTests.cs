using System.Text;
using System.Text.Json.Nodes;

namespace Kube.Client.Tests.Objects;

public sealed class KubeMapTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{ }")]
    [InlineData("""{"a":1}""")]
    [InlineData("{\n  \"a\" : [ 1 , 2.50, {\"b\" : { } } , [ ] ],\r\n\t\"c\": null ,\"c\":\"\\u0041\\/\"\n}")]
    [InlineData("""{"a":1E400,"b":123456789012345678901234567890,"c":-0.0,"d":"\ud800"}""")]
    public void What_is_only_read_stays_byte_for_byte(string json)
    {
        var map = KubeMap.Parse(Encoding.UTF8.GetBytes(json));
        Touch(map);
        Assert.Equal(json, map.ToJson());
    }

    [Theory]
    [InlineData("{ \"a\" : 1 , \"b\" : 2 }", "a", "{ \"b\" : 2 }")]
    [InlineData("{ \"a\" : 1 , \"b\" : 2 }", "b", "{ \"a\" : 1 }")]
    [InlineData("{ \"a\" : 1 }", "a", "{ }")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "b", """{"a":1,"c":3}""")]
    public void A_key_that_is_removed_leaves_the_rest_as_it_was(string json, string key, string expected)
    {
        var map = KubeMap.Parse(Encoding.UTF8.GetBytes(json));
        Assert.True(map.Remove(key));
        Assert.False(map.Remove(key));
        Assert.False(map.ContainsKey(key));
        Assert.Equal(expected, map.ToJson());
        map[key] = 9;
        Assert.Equal(9, map[key]);
        Assert.Equal(9, JsonNode.Parse(map.ToJson())![key]!.GetValue<int>());
    }

    [Fact]
    public void New_keys_stand_at_the_end()
    {
        var map = Doc.Map("{ 'a' : 1 }");
        map["b"] = 2;
        map["c"] = new Dictionary<string, object?> { ["d"] = new[] { 1, 2 } };
        Assert.Equal("""{ "a" : 1,"b":2,"c":{"d":[1,2]} }""", map.ToJson());
        Assert.Equal(["a", "b", "c"], map.GetKeys());
    }

    [Fact]
    public void A_key_is_found_by_its_exact_case_first_then_by_any()
    {
        var map = Doc.Map("{'Name':1,'name':2}");
        Assert.Equal((1, 2, 1), (map["Name"], map["name"], map["NAME"]));
        map["NAME"] = 3;
        map["name"] = 4;
        Assert.Equal("""{"Name":3,"name":4}""", map.ToJson());
        Assert.Throws<ArgumentException>(() => map.Add("name", 5));
        map.Add("NAME", 6);
        Assert.Equal("""{"Name":3,"name":4,"NAME":6}""", map.ToJson());
    }

    [Theory]
    [InlineData("0", typeof(int))]
    [InlineData("-2147483648", typeof(int))]
    [InlineData("2147483648", typeof(long))]
    [InlineData("9223372036854775807", typeof(long))]
    [InlineData("9223372036854775808", typeof(decimal))]
    [InlineData("1000000000000000000000000000000", typeof(double))]
    [InlineData("1.0", typeof(double))]
    [InlineData("1e3", typeof(double))]
    [InlineData("true", typeof(bool))]
    [InlineData("\"1\"", typeof(string))]
    [InlineData("[]", typeof(object[]))]
    [InlineData("{}", typeof(KubeMap))]
    public void Values_have_the_type_that_fits(string json, Type type) => Assert.IsType(type, Doc.Map($"{{'v':{json}}}")["v"]);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{'a'}")]
    [InlineData("{'a':1} x")]
    [InlineData("{'a':1}{'b':2}")]
    [InlineData("{'a':1,}")]
    [InlineData("null")]
    [InlineData("{'a':01}")]
    [InlineData("// no\n{}")]
    public void What_is_no_JSON_object_is_refused(string json)
    {
        Assert.Throws<FormatException>(() => Doc.Map(json));
        Assert.Throws<FormatException>(() => Doc.Parse(json));
        Assert.Throws<FormatException>(() => KubeObject.FromListItem(Doc.Bytes(json), "v1", "Pod"));
    }

    [Fact]
    public void What_is_no_UTF8_is_refused() => Assert.Throws<FormatException>(() => KubeMap.Parse(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' }));

    [Fact]
    public void Where_JSON_ends_is_told() =>
        Assert.Equal("The document is not JSON: line 2, column 6.", Assert.Throws<FormatException>(() => KubeMap.Parse("{\"a\":1,\n\"b\": x}"u8.ToArray())).Message);

    [Fact]
    public void Elements_of_an_array_can_be_assigned()
    {
        var map = Doc.Map("{'a':[ 1, {'b':2} , [3,4] ]}");
        var array = (object?[])map["a"]!;
        array[0] = "one";
        ((KubeMap)array[1]!)["b"] = 5;
        ((object?[])array[2]!)[1] = new Dictionary<string, string> { ["c"] = "d" };
        Assert.Equal("""{"a":[ "one", {"b":5} , [3,{"c":"d"}] ]}""", map.ToJson());
        ((KubeMap)((object?[])array[2]!)[1]!)["c"] = "e";
        Assert.Equal("""{"a":[ "one", {"b":5} , [3,{"c":"e"}] ]}""", map.ToJson());
        Assert.Equal("e", ((KubeMap)((object?[])((object?[])map["a"]!)[2]!)[1]!)["c"]);
        array[0] = null;
        Assert.Equal("""{"a":[ null, {"b":5} , [3,{"c":"e"}] ]}""", map.ToJson());
    }

    [Fact]
    public void What_is_assigned_is_copied()
    {
        var one = Doc.Map("{'spec':{'a':1}}");
        var other = Doc.Map("{}");
        other["spec"] = one["spec"];
        one.GetMap("spec")!["a"] = 2;
        Assert.Equal("""{"spec":{"a":1}}""", other.ToJson());
        one["self"] = one;
        Assert.Equal("""{"spec":{"a":2},"self":{"spec":{"a":2}}}""", one.ToJson());
    }

    [Fact]
    public void Assigning_what_is_there_already_changes_nothing()
    {
        var map = Doc.Map("{'m':{'a':1.50},'l':[1.50]}");
        var (inner, list) = (map.GetMap("m")!, map["l"]);
        (map["m"], map["l"]) = (inner, list);
        inner["b"] = 2;
        Assert.Equal("""{"m":{"a":1.50,"b":2},"l":[1.50]}""", map.ToJson());
        Assert.Same(list, map["l"]);
    }

    [Fact]
    public void It_is_neither_a_dictionary_nor_enumerable_and_has_no_property_but_the_indexer()
    {
        Assert.DoesNotContain(typeof(KubeMap).GetInterfaces(), type => type.Namespace!.StartsWith("System.Collections", StringComparison.Ordinal));
        Assert.Equal("Item", Assert.Single(typeof(KubeMap).GetProperties()).Name);
        Assert.True(typeof(KubeMap).IsSealed);
    }

    [Fact]
    public void Members_are_dynamic_in_CSharp_too()
    {
        dynamic map = Doc.Map("{'spec':{'replicas':1,'Count':7}}");
        map.spec.replicas = 3;
        map.spec.fresh = new Dictionary<string, object?>();
        map.spec.fresh.when = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(7, map.spec.Count);
        Assert.Null(map.spec.absent);
        Assert.Equal("""{"replicas":3,"Count":7,"fresh":{"when":"2024-05-01T00:00:00Z"}}""", ((KubeMap)map.spec).ToJson());
    }

    [Fact]
    public void A_key_that_UTF8_cannot_hold_is_refused()
    {
        var map = Doc.Map("{'a':1}");
        Assert.Throws<ArgumentException>(() => map["\ud800"] = 1);
        Assert.Throws<ArgumentException>(() => map.Add("\udc00", 1));
        Assert.Throws<ArgumentException>(() => map["b"] = new Dictionary<string, string> { ["\ud800x"] = "" });
        map["\ud83d\ude00"] = "\ud83d\ude00";
        Assert.Equal("\ud83d\ude00", JsonNode.Parse(map.ToJson())!["\ud83d\ude00"]!.GetValue<string>());
        Assert.Equal(["a", "\ud83d\ude00"], map.GetKeys());
    }

    [Fact]
    public void Text_shows_keys_and_no_values() => Assert.Equal("{password, user}", Doc.Map("{'password':'hunter2','user':{'a':'b'}}").ToString());

    [Fact]
    public void Random_documents_survive_random_edits()
    {
        var random = new Random(20240501);
        for (int round = 0; round < 2000; round++)
        {
            var model = RandomMap(random, 4);
            string json = model.ToJsonString(new() { WriteIndented = round % 2 == 0 });
            var map = KubeMap.Parse(Encoding.UTF8.GetBytes(json));
            for (int edit = 0; edit < 6; edit++)
            {
                Edit(random, map, model);
                if (random.Next(3) == 0) Assert.True(JsonNode.DeepEquals(model, JsonNode.Parse(map.ToJson())), $"{json}\n{map.ToJson()}\n{model.ToJsonString()}");
            }
            Assert.True(JsonNode.DeepEquals(model, JsonNode.Parse(map.ToJson())), $"{json}\n{map.ToJson()}\n{model.ToJsonString()}");
        }
    }

    [Fact]
    public async Task Many_may_read_at_once()
    {
        var cancel = TestContext.Current.CancellationToken;
        for (int round = 0; round < 50; round++)
        {
            var pod = (KubePod)Doc.Parse("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','labels':{'x':'y'}},'spec':{'containers':[{'name':'c','env':[{'name':'E','value':'v'}]}]},'status':{'phase':'Running'}}");
            using var start = new Barrier(4);
            var readers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(cancel);
                    var container = (KubeMap)((object?[])((KubeMap)pod.Spec!)["containers"]!)[0]!;
                    var env = (KubeMap)((object?[])container["env"]!)[0]!;
                    return (Map: pod.GetDocument(), Container: container, Text: $"{container["name"]} {env["value"]} {pod.State} {pod.Labels["x"]} {pod.Name}");
                },
                cancel,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)).ToArray();
            var seen = await Task.WhenAll(readers);
            foreach (var (map, container, text) in seen)
            {
                Assert.Equal("c v Running y a", text);
                Assert.Same(pod.GetDocument(), map);
                Assert.Same(seen[0].Container, container);
            }
        }
    }

    [Fact]
    public async Task Many_may_write_at_once_and_no_edit_is_lost()
    {
        var cancel = TestContext.Current.CancellationToken;
        var pod = Doc.Parse("{'spec':{'list':[0,0,0,0]}}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () =>
            {
                for (int i = 0; i < 200; i++)
                {
                    ((KubeMap)pod.Spec!)[$"k{writer}-{i}"] = i;
                    ((object?[])((KubeMap)pod.Spec!)["list"]!)[writer] = i;
                    ((KubeMap)pod.Spec!)[$"array{writer}"] = new[] { i, i };
                    Assert.Contains($"k{writer}-{i}", pod.ToJson());
                }
            },
            cancel)));
        var spec = JsonNode.Parse(pod.ToJson())!["spec"]!.AsObject();
        Assert.Equal(805, spec.Count);
        Assert.Equal("[199,199]", spec["array3"]!.ToJsonString());
        Assert.Equal("[199,199,199,199]", spec["list"]!.ToJsonString());
    }

    static void Touch(object? value)
    {
        if (value is KubeMap map)
            foreach (string key in map.GetKeys()) Touch(map[key]);
        if (value is object?[] array)
            foreach (var item in array) Touch(item);
    }

    static void Edit(Random random, KubeMap map, JsonObject model)
    {
        while (true)
        {
            var inner = map.GetKeys().Where(key => map[key] is KubeMap).ToArray();
            if (inner.Length == 0 || random.Next(3) == 0) break;
            string into = inner[random.Next(inner.Length)];
            (map, model) = (map.GetMap(into)!, model[into]!.AsObject());
        }
        var keys = map.GetKeys();
        string any = keys.Length > 0 && random.Next(3) > 0 ? keys[random.Next(keys.Length)] : "new" + random.Next(5);
        switch (random.Next(4))
        {
            case 0:
                Assert.Equal(model.Remove(any), map.Remove(any));
                break;
            case 1 when map[any] is object?[] { Length: > 0 } array:
                int at = random.Next(array.Length);
                array[at] = "assigned";
                model[any]!.AsArray()[at] = "assigned";
                break;
            case 2:
                var node = RandomMap(random, 2);
                map[any] = KubeMap.Parse(Encoding.UTF8.GetBytes(node.ToJsonString()));
                model[any] = node;
                break;
            default:
                map[any] = random.Next(10);
                model[any] = map[any] is int number ? number : null;
                break;
        }
    }

    static JsonObject RandomMap(Random random, int depth)
    {
        var map = new JsonObject();
        for (int i = random.Next(5); i > 0; i--) map["key" + random.Next(8)] = RandomNode(random, depth - 1);
        return map;
    }

    static JsonNode? RandomNode(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => random.Next(),
        1 => random.NextDouble(),
        2 => "text \"\\\n\u00fc" + random.Next(9),
        3 => random.Next(2) == 0,
        4 => null,
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomNode(random, depth - 1))]),
        _ => RandomMap(random, depth),
    };
}
