namespace Kube.Yaml.Reading;

/// <summary>
/// Gathers the entries of one map. Its own keys win over merged ones wherever <c>&lt;&lt;</c> stands, and of merged maps the first wins, as
/// YAML's merge key has it. Of several <c>&lt;&lt;</c> in one map the last wins, as in kubectl.
/// </summary>
sealed class MappingBuilder(ExpansionBudget budget)
{
    /// <summary>What a merged entry counts for, in bytes, whatever its value.</summary>
    const int MergedEntryCost = 16;

    readonly List<KeyValuePair<string, YamlNode>> _entries = [];
    readonly Dictionary<string, Place> _keys = [];
    readonly List<YamlNode> _merges = [];

    public void Add(string key, Place place, YamlNode value)
    {
        if (!_keys.TryAdd(key, place))
            throw Fault.At(place, $"the key \"{key}\" is there twice, first in line {_keys[key].Line}; expected it once");
        _entries.Add(new(key, value));
    }

    public void Merge(YamlNode source) => _merges.Add(source);

    public IReadOnlyList<KeyValuePair<string, YamlNode>> Build()
    {
        foreach (var merge in Enumerable.Reverse(_merges))
        {
            if (Target(merge) is SequenceNode list)
            {
                foreach (var item in list.Items)
                    MergeMap(item, merge.Place);
            }
            else
                MergeMap(merge, merge.Place);
        }
        return _entries;
    }

    void MergeMap(YamlNode source, Place place)
    {
        if (Target(source) is not MappingNode map)
            throw Fault.At(place, "<< merges something else; expected a map, or a list of maps");
        foreach (var (key, value) in map.Entries)
        {
            budget.Spend(MergedEntryCost, place);
            if (_keys.TryAdd(key, place))
                _entries.Add(new(key, source is AliasNode ? new AliasNode(value.Place, Target(value)) : value));
        }
    }

    static YamlNode Target(YamlNode node) => node is AliasNode alias ? alias.Target : node;
}
