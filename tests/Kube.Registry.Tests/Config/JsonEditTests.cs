using System.Text;

namespace Kube.Registry.Tests.Config;

public class JsonEditTests
{
    static string Set(string json, string value, params string[] path) => Encoding.UTF8.GetString(JsonEdit.Set(Encoding.UTF8.GetBytes(json), path, value));

    static string Remove(string json, params string[] path) => Encoding.UTF8.GetString(JsonEdit.Remove(Encoding.UTF8.GetBytes(json), path));

    [Theory]
    // documents without members take docker's own layout
    [InlineData("{}", "{\n\t\"auths\": {\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t}\n}")]
    [InlineData("{\n}\n", "{\n\t\"auths\": {\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t}\n}\n")]
    [InlineData("\uFEFF{}", "\uFEFF{\n\t\"auths\": {\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t}\n}")]
    // others keep theirs
    [InlineData("{\"a\":1.50}", "{\"a\":1.50,\"auths\":{\"r.io\":{\"auth\":\"x\"}}}")]
    [InlineData("{\n  \"a\": 1e3\n}", "{\n  \"a\": 1e3,\n  \"auths\": {\n    \"r.io\": {\n      \"auth\": \"x\"\n    }\n  }\n}")]
    [InlineData("{\r\n    \"a\" : [ ]\r\n}\r\n", "{\r\n    \"a\" : [ ],\r\n    \"auths\": {\r\n        \"r.io\": {\r\n            \"auth\": \"x\"\r\n        }\r\n    }\r\n}\r\n")]
    [InlineData("{\n\t\"auths\": {},\n\t\"z\": \"\\u00e9\"\n}", "{\n\t\"auths\": {\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t},\n\t\"z\": \"\\u00e9\"\n}")]
    [InlineData("{\n\t\"auths\": null\n}", "{\n\t\"auths\": {\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t}\n}")]
    [InlineData("{\n\t\"auths\": {\n\t\t\"a.io\": {}\n\t}\n}", "{\n\t\"auths\": {\n\t\t\"a.io\": {},\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t}\n}")]
    // in place
    [InlineData("{\"auths\":{\"r.io\":{\"auth\":\"old\",\"k\":[{}]},\"z\":{}}}", "{\"auths\":{\"r.io\":{\"auth\":\"x\",\"k\":[{}]},\"z\":{}}}")]
    [InlineData("{\"auths\":{\"r.io\":{\"k\":2}}}", "{\"auths\":{\"r.io\":{\"k\":2,\"auth\":\"x\"}}}")]
    [InlineData("{\"auths\":{\"r.io\":\"odd\"}}", "{\"auths\":{\"r.io\":{\"auth\":\"x\"}}}")]
    [InlineData("{\"Auths\":{\"r.io\":{\"AUTH\":\"old\"}}}", "{\"Auths\":{\"r.io\":{\"AUTH\":\"x\"}}}")]
    [InlineData("{\"auths\":{\"R.io\":{}}}", "{\"auths\":{\"R.io\":{},\"r.io\":{\"auth\":\"x\"}}}")]
    [InlineData("{\"auths\":{\"r.io\":{\"auth\":\"1\",\"auth\":\"2\"}}}", "{\"auths\":{\"r.io\":{\"auth\":\"1\",\"auth\":\"x\"}}}")]
    [InlineData("{\"x\":{\"auths\":{}},\"auths\":{}}", "{\"x\":{\"auths\":{}},\"auths\":{\"r.io\":{\"auth\":\"x\"}}}")]
    [InlineData("{\"\\u0061uths\":{}}", "{\"\\u0061uths\":{\"r.io\":{\"auth\":\"x\"}}}")]
    public void Sets_one_member_and_keeps_every_other_byte(string json, string expected) => Assert.Equal(expected, Set(json, "\"x\"", "auths", "r.io", "auth"));

    [Theory]
    [InlineData("{\"auths\":[]}")]
    [InlineData("{\"auths\":\"x\"}")]
    public void Does_not_overwrite_what_it_does_not_understand(string json) => Assert.Throws<FormatException>(() => Set(json, "\"x\"", "auths", "r.io", "auth"));

    [Theory]
    [InlineData("{\"auths\":{\"a\":1,\"r.io\":{},\"b\":2}}", "{\"auths\":{\"a\":1,\"b\":2}}")]
    [InlineData("{\"auths\":{\"r.io\":{},\"b\":2}}", "{\"auths\":{\"b\":2}}")]
    [InlineData("{\"auths\":{\"a\":1,\"r.io\":{}}}", "{\"auths\":{\"a\":1}}")]
    [InlineData("{\"auths\":{\"r.io\":{}}}", "{\"auths\":{}}")]
    [InlineData("{\n\t\"auths\": {\n\t\t\"r.io\": {\n\t\t\t\"auth\": \"x\"\n\t\t},\n\t\t\"b\": {}\n\t}\n}\n", "{\n\t\"auths\": {\n\t\t\"b\": {}\n\t}\n}\n")]
    [InlineData("{\n\t\"auths\": {\n\t\t\"a\": {},\n\t\t\"r.io\": {}\n\t}\n}", "{\n\t\"auths\": {\n\t\t\"a\": {}\n\t}\n}")]
    [InlineData("{\n\t\"auths\": {\n\t\t\"r.io\": {}\n\t}\n}", "{\n\t\"auths\": {}\n}")]
    [InlineData("{\"auths\":{\"r.io\":1,\"b\":2,\"r.io\":3}}", "{\"auths\":{\"b\":2}}")]
    [InlineData("{\"auths\":{\"R.io\":1}}", "{\"auths\":{\"R.io\":1}}")]
    [InlineData("{\"r.io\":1}", "{\"r.io\":1}")]
    [InlineData("{\"auths\":null}", "{\"auths\":null}")]
    [InlineData("{}", "{}")]
    public void Removes_one_member_and_keeps_every_other_byte(string json, string expected) => Assert.Equal(expected, Remove(json, "auths", "r.io"));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c\n", "\"a\\\"b\\\\c\\n\"")]
    [InlineData("a+b/c=<é>", "\"a+b/c=<é>\"")]
    public void Escapes_what_must_be_escaped_and_no_more(string text, string expected) => Assert.Equal(expected, JsonStyle.String(text));
}
