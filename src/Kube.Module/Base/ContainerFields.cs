using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>A container as parameters describe it, in a manifest's fields.</summary>
static class ContainerFields
{
    /// <summary>The container; what is not given is left to the image and the server.</summary>
    public static OrderedDictionary Of(string name, string image, string[] command, string[] arguments, IDictionary? environment, int[] ports)
    {
        var container = new OrderedDictionary { ["name"] = name, ["image"] = image };
        if (command.Length > 0) container["command"] = command;
        if (arguments.Length > 0) container["args"] = arguments;
        if (environment is not null) container["env"] = Texts(environment).Cast<DictionaryEntry>().Select(pair => new OrderedDictionary { ["name"] = pair.Key, ["value"] = pair.Value }).ToArray();
        if (ports.Length > 0) container["ports"] = ports.Select(port => new OrderedDictionary { ["containerPort"] = port }).ToArray();
        return container;
    }

    /// <summary>A table's keys and values as text, in the order of the keys.</summary>
    public static OrderedDictionary Texts(IDictionary table)
    {
        var texts = new OrderedDictionary();
        foreach (var (key, value) in table.Keys.Cast<object>().Select(key => (Key: LanguagePrimitives.ConvertTo<string>(key), Value: table[key])).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            texts[key] = LanguagePrimitives.ConvertTo<string>(value);
        return texts;
    }

    /// <summary>Names for the containers of some images: the last part of the path, in the letters that a name may have; numbered where two are the same.</summary>
    public static IReadOnlyList<string> NamesFor(IReadOnlyList<string> images)
    {
        var names = new List<string>();
        foreach (var image in images)
        {
            var path = image.Split('@')[0];
            var last = path[(path.LastIndexOf('/') + 1)..].Split(':')[0].ToLowerInvariant();
            var name = string.Concat(last.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
            if (name.Length == 0) name = "container";
            if (name.Length > 60) name = name[..60].TrimEnd('-');
            var unique = name;
            for (var number = 2; names.Contains(unique); number++) unique = $"{name}-{number}";
            names.Add(unique);
        }
        return names;
    }
}
