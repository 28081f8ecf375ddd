using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Kube.Module.Completion;

/// <summary>
/// What Tab offers for a word: within a second, quoted as the shell needs it, and nothing at all where something is in the way.
/// </summary>
public abstract class WordCompleter : IArgumentCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Sooner than the patience ends, so that what has arrived by then can still be offered.</summary>
    static readonly TimeSpan TimeToAsk = TimeSpan.FromMilliseconds(850);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            PropertyCompletion.Ensure();
            var word = TypedWord.Parse(wordToComplete);
            if (Prepare(commandName, parameterName, word.Text, commandAst, fakeBoundParameters) is not { } find) return [];
            // Never disposed: an answer that comes too late may still look at it.
            var limit = new CancellationTokenSource(TimeToAsk);
            var finding = Task.Run(async () => Offer(await find(limit.Token).ConfigureAwait(false), word));
            return finding.Wait(Patience) ? finding.Result : [];
        }
        catch (Exception)
        {
            // No cluster, no permission, half a selector: an error in the middle of typing helps nobody. The command itself will tell.
            return [];
        }
    }

    /// <summary>Reads, on the pipeline's thread, what is typed.</summary>
    /// <returns>What finds all that may stand there, until it is time to offer what there is; those that do not begin with the word are sorted out afterwards. Null: there is nothing to find.</returns>
    private protected abstract Func<CancellationToken, Task<IEnumerable<Candidate>>>? Prepare(string command, string parameter, string word, CommandAst line, IDictionary arguments);

    static CompletionResult[] Offer(IEnumerable<Candidate> candidates, TypedWord word) =>
    [
        .. candidates.Where(candidate => candidate.Text.Length > 0 && word.Begins(candidate.Text))
            .DistinctBy(candidate => candidate.Text)
            .Select(candidate => new CompletionResult(word.Write(candidate.Text), candidate.ListItemText ?? candidate.Text, candidate.Type, candidate.ToolTip)),
    ];
}
