namespace Kube;

/// <summary>Shared by all maps of one document: their lock, the number of edits, and the arrays that were handed out.</summary>
sealed class DocumentEdits
{
    readonly List<KubeMapArray> _lists = [];

    public Lock Gate { get; } = new();

    public int Count { get; private set; }

    public void Add()
    {
        lock (Gate) Count++;
    }

    public void Track(KubeMapArray list)
    {
        lock (Gate) _lists.Add(list);
    }

    /// <summary>An array cannot tell that an element was assigned, so each that was handed out is compared. The caller holds the gate.</summary>
    public int Collect()
    {
        for (int i = 0; i < _lists.Count; i++)
            if (_lists[i].Collect()) Count++;
        return Count;
    }
}
