namespace Kube.Help.Markdown;

/// <summary>A text that is not in the schema of help.</summary>
/// <param name="line">Counted from 1.</param>
/// <param name="message">What is expected there.</param>
sealed class MarkdownException(int line, string message) : Exception(message)
{
    public int Line => line;
}
