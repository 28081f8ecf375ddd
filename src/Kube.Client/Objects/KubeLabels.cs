using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Kube;

/// <summary>The labels or annotations of an object, live: what is set here is set in its document, and the other way round.</summary>
public sealed class KubeLabels : IDictionary<string, string>, IReadOnlyDictionary<string, string>, IDictionary
{
    readonly KubeObject _owner;
    readonly string _field;

    internal KubeLabels(KubeObject owner, string field) => (_owner, _field) = (owner, field);

    /// <summary>The value of a label.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public string this[string key]
    {
        get => Values[key];
        set => Map[key] = value ?? "";
    }

    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => Values.Count;

    /// <summary>The names.</summary>
    public ICollection<string> Keys => Values.Keys;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => Values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public void Add(string key, string value) => Map.Add(key, value);

    /// <inheritdoc/>
    public bool Remove(string key) => Values.ContainsKey(key) && Map.Remove(key);

    /// <summary>Takes all away.</summary>
    public void Clear()
    {
        if (Count > 0) _owner.GetDocument().GetMap("metadata")!.Remove(_field);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Values.GetEnumerator();

    /// <summary>Such as <c>app=web,tier=front</c>.</summary>
    public override string ToString() => string.Join(",", Values.Select(pair => $"{pair.Key}={pair.Value}"));

    Dictionary<string, string> Values => _field == "labels" ? _owner.Fields.Labels : _owner.Fields.Annotations;

    KubeMap Map => _owner.GetDocument().Ensure("metadata").Ensure(_field);

    ICollection<string> IDictionary<string, string>.Values => Values.Values;
    IEnumerable<string> IReadOnlyDictionary<string, string>.Keys => Values.Keys;
    IEnumerable<string> IReadOnlyDictionary<string, string>.Values => Values.Values;
    bool ICollection<KeyValuePair<string, string>>.IsReadOnly => false;
    void ICollection<KeyValuePair<string, string>>.Add(KeyValuePair<string, string> item) => Add(item.Key, item.Value);
    bool ICollection<KeyValuePair<string, string>>.Contains(KeyValuePair<string, string> item) => Values.Contains(item);
    void ICollection<KeyValuePair<string, string>>.CopyTo(KeyValuePair<string, string>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, string>>)Values).CopyTo(array, arrayIndex);
    bool ICollection<KeyValuePair<string, string>>.Remove(KeyValuePair<string, string> item) => Values.Contains(item) && Remove(item.Key);
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    object? IDictionary.this[object key]
    {
        get => TryGetValue(Text(key), out string? value) ? value : null;
        set => this[Text(key)] = Text(value);
    }

    ICollection IDictionary.Keys => Values.Keys;
    ICollection IDictionary.Values => Values.Values;
    bool IDictionary.IsFixedSize => false;
    bool IDictionary.IsReadOnly => false;
    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => _owner;
    void IDictionary.Add(object key, object? value) => Add(Text(key), Text(value));
    bool IDictionary.Contains(object key) => ContainsKey(Text(key));
    IDictionaryEnumerator IDictionary.GetEnumerator() => ((IDictionary)Values).GetEnumerator();
    void IDictionary.Remove(object key) => Remove(Text(key));
    void ICollection.CopyTo(Array array, int index) => ((ICollection)Values).CopyTo(array, index);

    static string Text(object? value) => Convert.ToString(KubeValue.Unwrap(value), System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
