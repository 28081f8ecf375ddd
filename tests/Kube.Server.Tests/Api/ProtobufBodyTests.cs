using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Schemas;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

/// <summary>Bodies in protobuf. The files in <c>Protobuf</c> are what kubectl 1.33 sent; <c>KUBE_GOLDEN=write</c> writes what is read of them anew.</summary>
public class ProtobufBodyTests
{
    public static TheoryData<string> Captured => [.. Directory.GetFiles(Folder(), "*.pb").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Captured))]
    public void What_kubectl_sends_is_read_whole(string name)
    {
        var actual = Read(Bytes(name)).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
        var golden = Path.Combine(Folder(), name + ".json");
        if (Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write")
            File.WriteAllText(golden, actual);
        Assert.Equal(File.ReadAllText(golden), actual);
    }

    [Theory]
    [MemberData(nameof(Captured))]
    public void A_body_cut_short_or_damaged_is_a_bad_request_or_another_document(string name)
    {
        var whole = Bytes(name);
        for (var length = 1; length < whole.Length; length++)
            ReadOrRefuse(whole.AsSpan(0, length));
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var flip in (ReadOnlySpan<byte>)[0x01, 0x07, 0x80, 0xFF])
            {
                var damaged = whole.ToArray();
                damaged[at] ^= flip;
                ReadOrRefuse(damaged);
            }
        }
    }

    [Theory]
    [InlineData("", "00", "must")] // no magic
    [InlineData("6b387300", "", "Kind' is missing")]
    [InlineData("6b387300", "0a04 0a02 7631", "Kind' is missing")]
    [InlineData("6b387300", "0a0a 0a02 7631 1204 57686174", "no kind \"What\" is registered for version \"v1\"")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 1a04 677a6970", "content encoding gzip")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 2203 612f62", "content type a/b")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 1202 0801", "wrong wireType = 0 for field Pod.metadata")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 1202 0a7f", "unexpected EOF")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 1205 0a03 0a01 ff", "not valid UTF-8")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 1202 0b0c", "wrong wireType = 3")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 120c fa07 ffffffffffffffffffff", "overflow")]
    [InlineData("6b387300", "0a09 0a02 7631 1203 506f64 1202 0001", "illegal tag 0")]
    public void What_is_no_message_is_refused_with_the_reason(string magic, string hex, string why)
    {
        var e = Assert.Throws<StatusException>(() => Read(Convert.FromHexString((magic + hex).Replace(" ", ""))));
        Assert.Equal((400, "BadRequest"), (e.Status.Code, e.Status.Reason));
        Assert.Contains(why == "must" ? "does not begin as Kubernetes' protobuf does" : why, e.Message);
    }

    [Theory]
    // a field that nobody knows, of each wire type, is passed over
    [InlineData("ConfigMap", "a03f07", """{"kind":"ConfigMap","apiVersion":"v1"}""")]
    [InlineData("ConfigMap", "a13f0102030405060708", """{"kind":"ConfigMap","apiVersion":"v1"}""")]
    [InlineData("ConfigMap", "a23f03010203", """{"kind":"ConfigMap","apiVersion":"v1"}""")]
    [InlineData("ConfigMap", "a53f01020304", """{"kind":"ConfigMap","apiVersion":"v1"}""")]
    // entries of maps in any order, without a key, without a value, and the last of two
    [InlineData("ConfigMap", "1206 0a0161 120162 1206 120163 0a0164", """{"kind":"ConfigMap","apiVersion":"v1","data":{"a":"b","d":"c"}}""")]
    [InlineData("ConfigMap", "1203 120162 1203 0a0161", """{"kind":"ConfigMap","apiVersion":"v1","data":{"":"b","a":null}}""")]
    [InlineData("ConfigMap", "1206 0a0161 120162 1206 0a0161 120163", """{"kind":"ConfigMap","apiVersion":"v1","data":{"a":"c"}}""")]
    // a message that comes twice is one
    [InlineData("ConfigMap", "0a03 0a0161 0a03 1a0162", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","namespace":"b"}}""")]
    // bytes, and a boolean of more than one bit
    [InlineData("ConfigMap", "1a07 0a0161 12020001 2002", """{"kind":"ConfigMap","apiVersion":"v1","binaryData":{"a":"AAE="},"immutable":true}""")]
    // numbers below zero, times before 1970, no time at all
    [InlineData("ConfigMap", "0a0b 50 ffffffffffffffffff01", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"deletionGracePeriodSeconds":-1}}""")]
    [InlineData("ConfigMap", "0a0d 420b 08 ffffffffffffffffff01", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"creationTimestamp":"1969-12-31T23:59:59Z"}}""")]
    [InlineData("ConfigMap", "0a02 4200", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"creationTimestamp":null}}""")]
    // numbers one by one and packed
    [InlineData("Pod", "1206 7204 2005 2006", """{"kind":"Pod","apiVersion":"v1","spec":{"securityContext":{"supplementalGroups":[5,6]}}}""")]
    [InlineData("Pod", "1206 7204 2202 0506", """{"kind":"Pod","apiVersion":"v1","spec":{"securityContext":{"supplementalGroups":[5,6]}}}""")]
    // an inlined type's fields are the outer one's own: emptyDir in a volume
    [InlineData("Pod", "120d 0a0b 0a0176 1206 1204 0a024d65", """{"kind":"Pod","apiVersion":"v1","spec":{"volumes":[{"name":"v","emptyDir":{"medium":"Me"}}]}}""")]
    // managed fields are JSON within
    [InlineData("ConfigMap", "0a07 8a0104 3a020a00", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"managedFields":[{"fieldsV1":null}]}}""")]
    [InlineData("ConfigMap", "0a09 8a0106 3a040a027b7d", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"managedFields":[{"fieldsV1":{}}]}}""")]
    public void A_message_is_the_document_that_json_would_have(string kind, string hex, string expected) =>
        Assert.Equal(expected, Read(Envelope("v1", kind, hex)).ToJsonString(JsonText.NodeOptions));

    [Fact]
    public async Task An_object_is_created_replaced_and_deleted_in_protobuf()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateNamespaceAsync("n-1-33");
        (await SendAsync(api, HttpMethod.Post, "/api/v1/namespaces/n-1-33/configmaps", Bytes("configmap"))).Expect(201);
        var map = await api.GetAsync("/api/v1/namespaces/n-1-33/configmaps/cm");
        Assert.Equal("""{"a":"b","c":""}""", map.Json["data"]!.ToJsonString());
        (await SendAsync(api, HttpMethod.Put, "/api/v1/namespaces/n-1-33/configmaps/cm", Bytes("configmap"))).Expect(200);
        (await SendAsync(api, HttpMethod.Post, "/api/v1/namespaces/n-1-33/secrets", Bytes("configmap"))).Expect(400);
        // a precondition that does not hold shows that the options were read
        var other = Envelope("v1", "DeleteOptions", "1203 0a0175");
        (await SendAsync(api, HttpMethod.Delete, "/api/v1/namespaces/n-1-33/configmaps/cm", other)).Expect(409);
        (await SendAsync(api, HttpMethod.Delete, "/api/v1/namespaces/n-1-33/configmaps/cm", Envelope("apps/v1", "DeleteOptions", "0800"))).Expect(200);
        (await SendAsync(api, HttpMethod.Post, ConfigMaps, Encoding.UTF8.GetBytes("{}"))).Expect(400);
    }

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf", 406)]
    [InlineData("application/vnd.kubernetes.protobuf, application/json", 200)]
    [InlineData("application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1", 406)]
    public async Task Answers_are_json_or_not_acceptable(string accept, int code)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal(code, (await api.GetAsync("/api/v1/namespaces/default", accept)).Code);
        Assert.Equal(code, (await api.GetAsync("/api/v1/namespaces", accept)).Code);
    }

    static JsonObject Read(ReadOnlySpan<byte> body) => JsonNode.Parse(ProtobufBody.ToJson(body))!.AsObject();

    static void ReadOrRefuse(ReadOnlySpan<byte> body)
    {
        try
        {
            ProtobufBody.ToJson(body);
        }
        catch (StatusException e)
        {
            Assert.Equal(400, e.Status.Code);
        }
    }

    static byte[] Envelope(string apiVersion, string kind, string hex)
    {
        var raw = Convert.FromHexString(hex.Replace(" ", ""));
        var type = Field(1, Encoding.UTF8.GetBytes(apiVersion)) + Field(2, Encoding.UTF8.GetBytes(kind));
        return Convert.FromHexString("6b387300" + Field(1, Convert.FromHexString(type)) + Field(2, raw) + "1a002200");
    }

    static string Field(int number, byte[] value) => $"{number << 3 | 2:x2}{Varint(value.Length)}{Convert.ToHexString(value)}";

    static string Varint(int value) => value < 0x80 ? $"{value:x2}" : $"{(value & 0x7F) | 0x80:x2}{Varint(value >> 7)}";

    static async Task<Answer> SendAsync(TestApi api, HttpMethod method, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(ProtobufBody.MediaType);
        using var response = await api.Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), new Dictionary<string, string>());
    }

    static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), name + ".pb"));

    static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Protobuf");
}
