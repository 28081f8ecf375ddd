using System.Text.Json;

namespace Kube.Config;

/// <summary>A mapping in a kubeconfig, which knows where it stands so that errors can say so. What is empty counts as absent, as in Go.</summary>
sealed class KubeConfigNode(JsonElement element, string place, string? path)
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

    /// <summary>A list of strings.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Array(name))
            texts.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Fault($"{Place(name)}[{texts.Count}] is {Say(item)}, and a string is expected; put it in quotes"));
        return texts;
    }

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<KubeConfigNode> Items(string name)
    {
        var items = new List<KubeConfigNode>();
        foreach (var item in Array(name))
        {
            var at = $"{Place(name)}[{items.Count}]";
            items.Add(item.ValueKind == JsonValueKind.Object ? new(item, at, path) : throw Fault($"{at} is {Say(item)}, and a mapping is expected"));
        }
        return items;
    }

    /// <summary>A mapping; null where there is none.</summary>
    public KubeConfigNode? Mapping(string name) => Has(name, out _) ? Child(name) : null;

    /// <summary>The names that stand in this mapping.</summary>
    public IReadOnlyList<string> Names() => element.ValueKind == JsonValueKind.Object ? [.. element.EnumerateObject().Select(p => p.Name)] : [];

    /// <summary>What stands there, as JSON; null where nothing does.</summary>
    public string? Json(string name) => Has(name, out var value) ? value.GetRawText() : null;

    /// <summary>The entries of a list such as <c>clusters</c>: a name and a mapping each.</summary>
    public IReadOnlyList<KubeConfigNamedNode> Named(string list, string entry)
    {
        var entries = new List<KubeConfigNamedNode>();
        foreach (var node in Items(list))
        {
            var name = node.Text("name") ?? throw Fault($"{list}[{entries.Count}] has no name");
            if (entries.Any(e => e.Name == name)) throw Fault($"{list} has '{name}' twice");
            entries.Add(new(name, node.Child(entry)));
        }
        return entries;
    }

    JsonElement.ArrayEnumerator Array(string name)
    {
        if (!Has(name, out var array)) return default;
        return array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : throw Fault($"{Place(name)} is {Say(array)}, and a list is expected");
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

/// <summary>An entry of a list such as <c>clusters</c>.</summary>
sealed record KubeConfigNamedNode(string Name, KubeConfigNode Node);
