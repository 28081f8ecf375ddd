namespace Kube.Shell.Editing;

/// <summary>Where commands come from.</summary>
interface ILineReader
{
    /// <summary>Reads a command, which may have several lines.</summary>
    /// <param name="prompt">What to ask with.</param>
    (EditOutcome Outcome, string Text) Read(string prompt);
}
