using System.Text.Json;

namespace Kube.Config;

/// <summary>A mapping in a kubeconfig, which knows where it stands so that errors can say so. What is empty counts as absent, as in Go.</summary>
readonly struct KubeConfigNode(JsonElement element, string place, string? path)
{
    public string? Path => path;

    public KubeConfigException Fault(string what) => new(path is null ? $"The kubeconfig: {what}." : $"The kubeconfig '{path}': {what}.", path);

    public string? Text(string name)
    {
        if (!Has(name, out var value)) return null;
        // The value is not told: it may be a password that YAML took for a number.
        if (value.ValueKind != JsonValueKind.String) throw Fault($"{Place(name)} is {Say(value)}, and a string is expected; put it in quotes");
        return value.GetString() is { Length: > 0 } text ? text : null;
    }

    public bool Flag(string name)
    {
        if (!Has(name, out var value)) return false;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Fault($"{Place(name)} is {Say(value)}, and true or false is expected"),
        };
    }

    /// <summary>The name of a file, relative to the kubeconfig's own folder.</summary>
    public string? File(string name) => Text(name) is { } file
        ? System.IO.Path.GetFullPath(file, path is null ? Environment.CurrentDirectory : System.IO.Path.GetDirectoryName(path)!) : null;

    /// <summary>Those of the names that stand here with something in them.</summary>
    public IReadOnlyList<string> Present(params ReadOnlySpan<string> names)
    {
        var present = new List<string>();
        foreach (var name in names)
            if (Has(name, out var value) && !IsEmpty(value)) present.Add(name);
        return present;
    }

    /// <summary>The entries of a list such as <c>clusters</c>: a name and a mapping each.</summary>
    public IReadOnlyList<(string Name, KubeConfigNode Node)> Named(string list, string entry)
    {
        if (!Has(list, out var array)) return [];
        if (array.ValueKind != JsonValueKind.Array) throw Fault($"{Place(list)} is {Say(array)}, and a list is expected");
        var entries = new List<(string Name, KubeConfigNode Node)>();
        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            var at = $"{list}[{index}]";
            if (item.ValueKind != JsonValueKind.Object) throw Fault($"{at} is {Say(item)}, and a mapping is expected");
            var node = new KubeConfigNode(item, at, path);
            var name = node.Text("name") ?? throw Fault($"{at} has no name");
            if (entries.Any(e => e.Name == name)) throw Fault($"{list} has '{name}' twice");
            entries.Add((name, node.Child(entry)));
        }
        return entries;
    }

    KubeConfigNode Child(string name)
    {
        if (!Has(name, out var value)) return new KubeConfigNode(default, Place(name), path);
        if (value.ValueKind != JsonValueKind.Object) throw Fault($"{Place(name)} is {Say(value)}, and a mapping is expected");
        return new KubeConfigNode(value, Place(name), path);
    }

    bool Has(string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    string Place(string name) => place.Length == 0 ? name : $"{place}.{name}";

    static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: 0 },
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    static string Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "a mapping",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "nothing",
    };
}
