namespace Kube.Yaml.Reading;

/// <summary>Where a node starts; both from 1.</summary>
readonly record struct Place(int Line, int Column);

/// <summary>A node of a document, its scalars already resolved.</summary>
abstract record YamlNode(Place Place);

sealed record ScalarNode(Place Place, JsonScalar Value) : YamlNode(Place);

sealed record SequenceNode(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place);

/// <summary>A map with its merges carried out and its keys as JSON has them.</summary>
sealed record MappingNode(Place Place, IReadOnlyList<KeyValuePair<string, YamlNode>> Entries) : YamlNode(Place);

/// <summary>The same node once more. It costs the author a few characters and us its whole size, so it is counted.</summary>
sealed record AliasNode(Place Place, YamlNode Target) : YamlNode(Place);
