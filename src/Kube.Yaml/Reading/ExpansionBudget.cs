namespace Kube.Yaml.Reading;

/// <summary>
/// What the aliases of one stream may add to it. A few lines of aliases of aliases describe documents larger than any memory, so what
/// they expand to is counted and bounded.
/// </summary>
sealed class ExpansionBudget(int bytes = ExpansionBudget.Default)
{
    /// <summary>Ten megabytes: several times what an API server accepts as one object.</summary>
    public const int Default = 10_000_000;

    long _left = bytes;

    public void Spend(int spent, Place place)
    {
        _left -= spent;
        if (_left < 0)
            throw Fault.At(place, $"aliases expand to more than {bytes / 1_000_000} MB; expected a document of sane size");
    }
}
