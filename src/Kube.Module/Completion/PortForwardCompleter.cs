using System.Globalization;
using Kube.Module.Forwarding;

namespace Kube.Module.Completion;

/// <summary>The numbers of the session's port-forwards.</summary>
public sealed class PortForwardCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) =>
        Task.FromResult(command.Forwards.Select(forward => new Candidate(forward.Id.ToString(CultureInfo.InvariantCulture), $"{forward.Local} to {forward.Target}:{forward.Remote}")));
}
