namespace Kube.Server.Cors;

/// <summary>Settings with which CORS would not be safe, or not work.</summary>
sealed class CorsSettingsException(IReadOnlyList<CorsFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<CorsFault> Faults { get; } = faults;
}

/// <summary>One entry that may not be used, and why.</summary>
/// <param name="Setting"><c>origins</c>, <c>methods</c> or <c>headers</c>.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Reason">What is wrong with it.</param>
sealed record CorsFault(string Setting, string Entry, string Reason)
{
    public override string ToString() => $"CORS, allowed {Setting}: \"{Entry}\": {Reason}";
}
