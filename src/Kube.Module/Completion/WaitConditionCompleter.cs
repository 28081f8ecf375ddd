using Kube.Module.Base;

namespace Kube.Module.Completion;

/// <summary>What can be waited for: Ready, Created, Deleted, and the conditions that the objects meant have.</summary>
public sealed class WaitConditionCompleter : Completer
{
    const string Prefix = "Condition=";

    static readonly string[] Statuses = ["True", "False", "Unknown"];

    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        if (word.Split('=', 3) is [_, { Length: > 0 } type, _])
            return Statuses.Select(status => new Candidate($"{Prefix}{type}={status}", $"until {type} is {status}") { ListItemText = status });
        Candidate[] always = [new("Ready", "until it works"), new("Created", "until it is there"), new("Deleted", "until it is gone")];
        try
        {
            return [.. always, .. await ConditionsAsync(command, cancel).ConfigureAwait(false)];
        }
        catch (Exception exception) when (Errors.IsKnown(exception))
        {
            // These need no cluster to be known.
            return always;
        }
    }

    static async Task<IEnumerable<Candidate>> ConditionsAsync(TypedCommand command, CancellationToken cancel) =>
        (await NamedObjects.FindAsync(command, cancel).ConfigureAwait(false))
            .SelectMany(item => (item.GetDocument().GetMap("status")?.GetMaps("conditions") ?? []).Select(condition => (Type: condition["type"] as string ?? "", Status: condition["status"], item.Name)))
            .GroupBy(condition => condition.Type)
            .Where(type => type.Key.Length > 0)
            .Select(type => new Candidate(Prefix + type.Key, string.Join(", ", type.Take(5).Select(condition => $"{condition.Name}: {condition.Status}"))));
}
