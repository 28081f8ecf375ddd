using System.Collections;
using System.Management.Automation.Language;

namespace Kube.Module.Completion;

/// <summary>What Tab offers for a parameter of one of Kube's commands.</summary>
public abstract class Completer : WordCompleter
{
    private protected sealed override Func<CancellationToken, Task<IEnumerable<Candidate>>>? Prepare(string command, string parameter, string word, CommandAst line, IDictionary arguments) =>
        TypedCommand.Read(command, parameter, line, arguments) is { } typed ? cancel => FindAsync(typed, word, cancel) : null;

    /// <summary>All that may stand there; those that do not begin with the word are sorted out afterwards.</summary>
    /// <param name="command">What is typed of the command.</param>
    /// <param name="word">What is typed of the word, without quotes.</param>
    /// <param name="cancel">Cancelled when it is time to offer what there is.</param>
    private protected abstract Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel);
}
