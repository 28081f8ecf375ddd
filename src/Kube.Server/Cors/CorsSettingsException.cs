namespace Kube.Server.Cors;

/// <summary>Settings with which CORS would not be safe, or not work. The message names every entry at fault and why.</summary>
sealed class CorsSettingsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
