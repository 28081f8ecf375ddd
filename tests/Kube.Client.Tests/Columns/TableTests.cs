using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Columns;

/// <summary>Objects that a server prints as tables, over real requests.</summary>
public class TableTests
{
    static readonly KubeResource Widgets = new("example.com", "v1", "widgets", "Widget", true);

    const string Columns = """
        "columnDefinitions":[
          {"name":"Name","type":"string","format":"name","description":"","priority":0},
          {"name":"Replicas","type":"integer","format":"","description":"Custom resource definition column (in JSONPath format): .spec.replicas","priority":0},
          {"name":"Weight","type":"number","format":"","description":"","priority":1},
          {"name":"On","type":"boolean","format":"","description":"","priority":0},
          {"name":"Due","type":"date","format":"","description":"Custom resource definition column (in JSONPath format): .spec.due","priority":0},
          {"name":"Done","type":"date","format":"","description":"When it was done","priority":0},
          {"name":"Age","type":"date","format":"","description":"","priority":0}],
        """;

    const string Cells = "3,1.5,true,\"5m\",\"2h\",\"1d\"", Kind = "\"kind\":\"Widget\",\"apiVersion\":\"example.com/v1\",";

    static string Row(string name, string cells = Cells, string kind = Kind, string version = "5") =>
        """{"cells":["NAME",CELLS],"object":{KIND"metadata":{"name":"NAME","namespace":"a","resourceVersion":"VERSION","creationTimestamp":"2026-01-02T03:04:05Z"},"spec":{"replicas":3,"due":"2030-01-02T03:04:05Z","odd":"kept"}}}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("CELLS", cells, StringComparison.Ordinal).Replace("KIND", kind, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal);

    static string Table(string columns, string rows, string version = "7", string @continue = "") =>
        $$"""{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"{{version}}","continue":"{{@continue}}"},{{columns}}"rows":[{{rows}}]}""";

    const string NoColumns = "\"columnDefinitions\":null,";
    const string Bookmark = """{"cells":["","","","","","",""],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"20"}}}""";

    static string Event(string type, string json) => "{\"type\":\"" + type + "\",\"object\":" + json + "}\n";

    static KubeApi Open(TestApi server) => new(new KubeConnection(server.Options())) { PrinterColumns = true };

    static DateTime Local(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).LocalDateTime;

    static object? Cell(KubeObject item, string name) => item.GetCell(item.Columns.Select(column => column.Name).ToList().IndexOf(name));

    static async Task<List<KubeObject>> ListAsync(KubeApi api, KubeResource resource)
    {
        var items = new List<KubeObject>();
        await foreach (var item in api.ListAsync(resource, "a", new() { Limit = 2 }, CancellationToken.None)) items.Add(item);
        return items;
    }

    [Fact]
    public async Task A_list_of_pages_has_objects_with_columns_of_their_types()
    {
        await using var server = await TestApi.StartAsync(secure: false, c => TestApi.Json(c, c.Request.Query.ContainsKey("continue") ? Table(Columns, Row("c")) : Table(Columns, Row("a") + "," + Row("b", kind: ""), @continue: "x")));
        var items = await ListAsync(Open(server), Widgets);

        Assert.Equal(["a", "b", "c"], items.Select(item => item.Name));
        Assert.All(items, item =>
        {
            Assert.Equal(("Widget", "example.com/v1", "kept"), (item.Kind, item.ApiVersion, item.GetDocument().GetMap("spec")!["odd"]));
            Assert.Equal(["Name", "Replicas", "Weight", "On", "Due", "Done", "Age"], item.Columns.Select(column => column.Name));
            Assert.Equal(1, item.Columns[2].Priority);
            Assert.Equal<object?>([3, 1.5, true], [Cell(item, "Replicas"), Cell(item, "Weight"), Cell(item, "On")]);
            Assert.Equal(Local("2030-01-02T03:04:05Z"), Cell(item, "Due"));
            Assert.Equal(Local("2026-01-02T03:04:05Z"), Cell(item, "Age"));
            Assert.InRange((DateTime)Cell(item, "Done")!, DateTime.Now.AddHours(-2.1), DateTime.Now.AddHours(-1.9));
        });
        Assert.Equal(["/apis/example.com/v1/namespaces/a/widgets?limit=2&includeObject=Object", "/apis/example.com/v1/namespaces/a/widgets?limit=2&continue=x&includeObject=Object"], server.Requests.Select(r => r.Target));
    }

    [Theory]
    [InlineData("null,null,null,\"<unknown>\",\"<unknown>\",\"1d\"")]
    [InlineData("null,null,null,\"\",\"\",\"1d\"")]
    [InlineData("null,null,null,null,null,null")]
    [InlineData("null")]
    public async Task What_is_not_there_is_null(string cells)
    {
        await using var server = await TestApi.StartAsync(secure: false, c => TestApi.Json(c, Table(Columns, Row("a", cells))));
        var item = await Open(server).GetAsync(Widgets, "a", "a", CancellationToken.None);

        Assert.Null(Cell(item, "Replicas"));
        Assert.Null(Cell(item, "On"));
        Assert.Null(Cell(item, "Done"));
    }

    [Fact]
    public async Task Gets_and_changes_are_printed_and_subresources_and_kinds_with_types_are_not()
    {
        await using var server = await TestApi.StartAsync(secure: false, c => TestApi.Json(c, c.Request.Query.ContainsKey("includeObject") ? Table(Columns, Row("w")) : """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"w"}}"""));
        var api = Open(server);
        var patch = "{}"u8.ToArray();

        Assert.Equal(3, Cell(await api.GetAsync(Widgets, "a", "w", CancellationToken.None), "Replicas"));
        Assert.Equal(3, Cell(await api.CreateAsync(Widgets, "a", patch, new(), CancellationToken.None), "Replicas"));
        Assert.Equal(3, Cell(await api.ReplaceAsync(Widgets, "a", "w", patch, new(), CancellationToken.None), "Replicas"));
        Assert.Equal(3, Cell(await api.PatchAsync(Widgets, "a", "w", PatchType.Merge, patch, new() { Subresource = "status" }, CancellationToken.None), "Replicas"));
        Assert.Empty((await api.PatchAsync(Widgets, "a", "w", PatchType.Merge, patch, new() { Subresource = "scale" }, CancellationToken.None)).Columns);
        Assert.Empty((await api.GetAsync(KubeResources.Pods, "a", "w", CancellationToken.None)).Columns);
        Assert.Empty((await new KubeApi(api.Connection).GetAsync(Widgets, "a", "w", CancellationToken.None)).Columns);
    }

    [Fact]
    public async Task A_server_without_tables_answers_with_objects()
    {
        await using var server = await TestApi.StartAsync(secure: false, c => TestApi.Json(c, """{"kind":"WidgetList","apiVersion":"example.com/v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}]}"""));
        var item = Assert.Single(await ListAsync(Open(server), Widgets));
        Assert.Equal(("a", "Widget"), (item.Name, item.Kind));
        Assert.Empty(item.Columns);
    }

    [Fact]
    public async Task The_events_of_a_watch_have_the_columns_that_its_first_one_names()
    {
        var versions = new List<string?>();
        await using var server = await TestApi.StartAsync(secure: false, async c =>
        {
            if (!c.Request.Query.ContainsKey("watch"))
            {
                await TestApi.Json(c, Table(Columns, Row("old")));
                return;
            }
            lock (versions) versions.Add(c.Request.Query["resourceVersion"]);
            c.Response.ContentType = "application/json";
            if (versions.Count == 1)
            {
                await c.Response.WriteAsync(Event("ADDED", Table(Columns, Row("new", version: "8"), "8")) + Event("MODIFIED", Table(NoColumns, Row("new", "4,null,false,null,null,null", version: "9"), "9")));
                await c.Response.WriteAsync(Event("BOOKMARK", Table(NoColumns, Bookmark, "")));
                return;
            }
            await c.Response.WriteAsync(Event("DELETED", Table(Columns, Row("new", version: "21"), "21")));
            await c.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var told = new List<string>();
        await foreach (var change in Open(server).WatchAsync(Widgets, "a", new(), bound.Token))
        {
            told.Add($"{change.Type} {change.Object.Name} {Cell(change.Object, "Replicas")}");
            if (told.Count == 4) break;
        }

        Assert.Equal(["Added old 3", "Added new 3", "Modified new 4", "Deleted new 3"], told);
        Assert.Equal("20", versions[1]);
    }

    [Theory]
    [InlineData("""{"cells":["a"]}""")]
    [InlineData("""{"cells":["a"],"object":null}""")]
    public async Task A_row_without_an_object_is_an_error(string row)
    {
        await using var server = await TestApi.StartAsync(secure: false, c => TestApi.Json(c, Table(Columns, row)));
        await Assert.ThrowsAsync<KubeStreamException>(() => ListAsync(Open(server), Widgets));
        await Assert.ThrowsAsync<KubeConnectionException>(() => Open(server).GetAsync(Widgets, "a", "a", CancellationToken.None));
    }
}
