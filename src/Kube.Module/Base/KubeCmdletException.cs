namespace Kube.Module.Base;

/// <summary>Something that a cmdlet itself refuses.</summary>
/// <param name="error">Which error it is.</param>
/// <param name="message">What is wrong, as a sentence.</param>
/// <param name="inner">What it follows from.</param>
public sealed class KubeCmdletException(ErrorDefinition error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Which error it is.</summary>
    public ErrorDefinition Error { get; } = error;

    /// <summary>What it is about, where that is not the cmdlet's current target.</summary>
    public object? Target { get; init; }

    /// <summary>What to do about it, where that is more than <see cref="ErrorDefinition.Action"/> can say.</summary>
    public string? Advice { get; init; }
}
