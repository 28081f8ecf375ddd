namespace Kube.Module.Waiting;

/// <summary>How what is waited for stands.</summary>
abstract record WaitVerdict
{
    WaitVerdict() { }

    /// <summary>It has come.</summary>
    public sealed record Met : WaitVerdict;

    /// <summary>It may still come.</summary>
    /// <param name="Reason">What holds it up.</param>
    public sealed record NotYet(string Reason) : WaitVerdict;

    /// <summary>It cannot come any more.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Never(string Reason) : WaitVerdict;
}
