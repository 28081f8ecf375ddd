using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Waiting;

/// <summary>
/// Objects that are waited for: those of some names, or all that a query finds. It takes what is seen of them and says what that comes to, and does nothing itself.
/// </summary>
/// <remarks>
/// By a query all are waited for that it finds while the wait lasts: one that goes is no longer waited for, and where there is none, the first is. What
/// is waited to be gone is what was there when the wait began.
/// </remarks>
sealed class ObjectWait
{
    readonly Dictionary<(string? Namespace, string Name), (KubeObject? Last, string Reason)> _pending = [];
    readonly HashSet<(string? Namespace, string Name)> _settled = [];
    readonly IReadOnlyDictionary<string, string?>? _names;
    string? _trouble;

    ObjectWait(KubeApi api, ObjectQuery query, WildcardPattern? pattern, IReadOnlyDictionary<string, string?>? names, WaitCondition condition) =>
        (Api, Query, Pattern, _names, Condition) = (api, query, pattern, names, condition);

    /// <summary>Waits for all that a query finds.</summary>
    public static ObjectWait OfQuery(KubeApi api, ObjectQuery query, WildcardPattern? pattern, WaitCondition condition) => new(api, query, pattern, null, condition);

    /// <summary>Waits for the objects of some names.</summary>
    /// <param name="api">Where they are.</param>
    /// <param name="resource">Their kind.</param>
    /// <param name="namespace">Their namespace.</param>
    /// <param name="names">Their names, each with its uid where that is known.</param>
    /// <param name="condition">What is waited for.</param>
    public static ObjectWait OfNames(KubeApi api, KubeResource resource, string? @namespace, IReadOnlyDictionary<string, string?> names, WaitCondition condition)
    {
        var options = names.Count == 1 ? new ListOptions { FieldSelector = "metadata.name=" + names.Keys.Single() } : new ListOptions();
        return new(api, new ObjectQuery(resource, @namespace, options), null, names, condition);
    }

    /// <summary>Where they are.</summary>
    public KubeApi Api { get; }

    /// <summary>What is looked at.</summary>
    public ObjectQuery Query { get; }

    /// <summary>Which names count; null: all.</summary>
    public WildcardPattern? Pattern { get; }

    /// <summary>What is waited for.</summary>
    public WaitCondition Condition { get; }

    /// <summary>Whether it has seen how things stand.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether there is nothing more to wait for.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How many have come to an end.</summary>
    public int Settled => _settled.Count;

    /// <summary>How many are still waited for.</summary>
    public int Pending => IsDone ? 0 : Math.Max(1, HasBegun ? _pending.Count : _names?.Count ?? 1);

    /// <summary>What holds up the first that is still waited for.</summary>
    public string Reason => _trouble ?? (_pending.Count == 0 ? HasBegun ? "there is none yet" : "nothing is known yet" : $"{_pending.First().Key.Name}: {_pending.First().Value.Reason}");

    /// <summary>Takes how things stand at the beginning.</summary>
    public IReadOnlyList<WaitOutcome> Begin(IEnumerable<KubeObject> found)
    {
        HasBegun = true;
        var there = found.Where(IsMeant).ToDictionary(item => item.Name + "\n" + item.Namespace);
        List<WaitOutcome> outcomes = [];
        foreach (var item in there.Values.Where(item => _names is null || _names[item.Name] is not { } uid || uid == item.Uid)) outcomes.AddRange(Judge(KeyOf(item), item));
        foreach (var (name, uid) in _names ?? new Dictionary<string, string?>())
        {
            var key = (Query.Namespace, name);
            if (_settled.Contains(key) || _pending.ContainsKey(key)) continue;
            if (Condition.TakesAbsence || uid is not null) outcomes.AddRange(Judge(key, null));
            else outcomes.Add(Settle(new WaitOutcome.Refused(this, name, NotFound(name)), key));
        }
        return Ended(outcomes);
    }

    /// <summary>Takes a change.</summary>
    public IReadOnlyList<WaitOutcome> Apply(KubeWatchEvent change)
    {
        _trouble = null;
        var key = KeyOf(change.Object);
        if (IsDone || !IsMeant(change.Object) || _settled.Contains(key)) return [];
        var isGone = change.Type == KubeWatchEventType.Deleted;
        if (_names is null && Condition is not WaitCondition.Deleted && isGone)
        {
            _pending.Remove(key);
            return Ended([]);
        }
        // What came after the beginning is not what was to go.
        if (_names is null && Condition is WaitCondition.Deleted && !_pending.ContainsKey(key)) return [];
        return Ended(Judge(key, isGone ? null : change.Object));
    }

    /// <summary>Takes that nothing is seen for now.</summary>
    public void Lose(KubeException error) => _trouble = error.Message.TrimEnd('.');

    /// <summary>Takes that nothing will be seen any more.</summary>
    public IReadOnlyList<WaitOutcome> Fail(KubeException error)
    {
        IsDone = true;
        return [new WaitOutcome.Refused(this, _names is { Count: 1 } ? _names.Keys.Single() : null, error)];
    }

    /// <summary>Takes that time is up.</summary>
    public IReadOnlyList<WaitOutcome> GiveUp()
    {
        if (IsDone) return [];
        IsDone = true;
        if (_pending.Count > 0) return [.. _pending.Select(item => new WaitOutcome.TimeUp(this, item.Key.Name, item.Value.Last, _trouble is null ? item.Value.Reason : $"{_trouble}; before, {item.Value.Reason}"))];
        if (_names is null || HasBegun) return [new WaitOutcome.TimeUp(this, null, null, Reason)];
        return [.. _names.Keys.Select(name => new WaitOutcome.TimeUp(this, name, null, Reason))];
    }

    IEnumerable<WaitOutcome> Judge((string? Namespace, string Name) key, KubeObject? subject)
    {
        switch (Condition.Judge(subject))
        {
            case WaitVerdict.Met: return [Settle(new WaitOutcome.Met(this, key.Name, subject), key)];
            case WaitVerdict.Never never: return [Settle(new WaitOutcome.Never(this, key.Name, subject, never.Reason), key)];
            case WaitVerdict.NotYet waiting:
                _pending[key] = (subject, waiting.Reason);
                return [];
            case var other: throw new InvalidOperationException($"{other} is no verdict.");
        }
    }

    WaitOutcome Settle(WaitOutcome outcome, (string? Namespace, string Name) key)
    {
        _pending.Remove(key);
        _settled.Add(key);
        return outcome;
    }

    IReadOnlyList<WaitOutcome> Ended(IEnumerable<WaitOutcome> outcomes)
    {
        var all = outcomes.ToArray();
        // Without a name something has to be there, except where its end is waited for.
        IsDone = _pending.Count == 0 && (_settled.Count > 0 || Condition is WaitCondition.Deleted);
        return all;
    }

    bool IsMeant(KubeObject item) => (Pattern?.IsMatch(item.Name) ?? true) && (_names is null || _names.ContainsKey(item.Name));

    static (string? Namespace, string Name) KeyOf(KubeObject item) => (item.Namespace, item.Name);

    KubeOperationException NotFound(string name) => new(new KubeStatus(404, "NotFound", $"{Query.Resource.Name} \"{name}\" not found") { Name = name, Kind = Query.Resource.Name });
}
