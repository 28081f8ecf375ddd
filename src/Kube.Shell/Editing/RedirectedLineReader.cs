using System.Text;

namespace Kube.Shell.Editing;

/// <summary>Reads commands from a file or a pipe, line by line and without a prompt.</summary>
sealed class RedirectedLineReader(TextReader input, Func<string, bool> isWhole) : ILineReader
{
    /// <inheritdoc/>
    public (EditOutcome Outcome, string Text) Read(string prompt)
    {
        var text = new StringBuilder();
        while (input.ReadLine() is { } line)
        {
            text.Append(line);
            // An empty line ends what cannot be completed.
            if (line.Length == 0 || isWhole(text.ToString())) return (EditOutcome.Accepted, text.ToString());
            text.Append('\n');
        }
        return text.Length > 0 ? (EditOutcome.Accepted, text.ToString()) : (EditOutcome.Ended, "");
    }
}
