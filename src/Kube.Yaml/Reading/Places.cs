using YamlDotNet.Core;

namespace Kube.Yaml.Reading;

/// <summary>From the parser's marks to places, and from nodes to a map of where each path is.</summary>
static class Places
{
    public static Place Of(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    /// <summary>Each path of a document, such as <c>spec.containers[0].name</c>; the root's is empty.</summary>
    public static Dictionary<string, (int Line, int Column)> Map(YamlNode root)
    {
        var map = new Dictionary<string, (int, int)>();
        Add(root, "", map);
        return map;
    }

    static void Add(YamlNode node, string path, Dictionary<string, (int, int)> map)
    {
        map.TryAdd(path, (node.Place.Line, node.Place.Column));
        switch (node is AliasNode alias ? alias.Target : node)
        {
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                    Add(sequence.Items[i], $"{path}[{i}]", map);
                break;
            case MappingNode mapping:
                foreach (var (key, value) in mapping.Entries)
                    Add(value, path.Length == 0 ? key : $"{path}.{key}", map);
                break;
        }
    }
}
