using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Kube.Module.Completion;

/// <summary>
/// What Tab offers for a parameter: within a second, quoted as the shell needs it, and nothing at all where something is in the way.
/// </summary>
public abstract class Completer : IArgumentCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Sooner than the patience ends, so that what has arrived by then can still be offered.</summary>
    static readonly TimeSpan TimeToAsk = TimeSpan.FromMilliseconds(850);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var word = TypedWord.Parse(wordToComplete);
            if (TypedCommand.Read(commandName, parameterName, commandAst, fakeBoundParameters) is not { } command) return [];
            // Never disposed: an answer that comes too late may still look at it.
            var limit = new CancellationTokenSource(TimeToAsk);
            var finding = Task.Run(async () => Offer(await FindAsync(command, word.Text, limit.Token).ConfigureAwait(false), word));
            return finding.Wait(Patience) ? finding.Result : [];
        }
        catch (Exception)
        {
            // No cluster, no permission, half a selector: an error in the middle of typing helps nobody. The command itself will tell.
            return [];
        }
    }

    /// <summary>All that may stand there; those that do not begin with the word are sorted out afterwards.</summary>
    /// <param name="command">What is typed of the command.</param>
    /// <param name="word">What is typed of the word, without quotes.</param>
    /// <param name="cancel">Cancelled when it is time to offer what there is.</param>
    private protected abstract Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel);

    static CompletionResult[] Offer(IEnumerable<Candidate> candidates, TypedWord word) =>
    [
        .. candidates.Where(candidate => candidate.Text.Length > 0 && word.Begins(candidate.Text))
            .DistinctBy(candidate => candidate.Text)
            .Select(candidate => new CompletionResult(word.Write(candidate.Text), candidate.ListItemText ?? candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip)),
    ];
}
