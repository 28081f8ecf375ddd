namespace Kube.Module.Completion;

/// <summary>Kinds and, behind a dot, their fields.</summary>
public sealed class FieldPathCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var api = command.Connect();
        if (word.LastIndexOf('.') is var dot and > 0 && await FieldsAsync(api, word[..dot], command.Get<string>("ApiVersion"), cancel).ConfigureAwait(false) is { Count: > 0 } fields) return fields;
        return await KindCompleter.FindAsync(api, word, cancel).ConfigureAwait(false);
    }

    static async Task<IReadOnlyList<Candidate>> FieldsAsync(KubeApi api, string path, string? apiVersion, CancellationToken cancel)
    {
        try
        {
            var help = await api.GetHelpAsync(path, apiVersion, cancel).ConfigureAwait(false);
            return [.. help.Fields.Select(field => new Candidate($"{path}.{field.Name}", $"{field.Type}{(field.Required ? ", required" : "")}: {field.Description}") { ListItemText = field.Name })];
        }
        catch (KubeOperationException)
        {
            // It is the beginning of a kind's full name, such as deployments.ap.
            return [];
        }
    }
}
