using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Kube.Module.Base;
using Kube.Module.Commands;
using Kube.Module.Objects;

namespace Kube.Module.Completion;

/// <summary>
/// Properties of what comes down the pipeline, where the cluster alone knows them: the engine knows those of <c>Get-KubePod</c> by its output type, but not which kind
/// <c>Get-KubeResource widgets</c> will write, nor the columns of objects in a variable.
/// </summary>
public sealed class PropertyCompleter : WordCompleter
{
    /// <summary>More objects of one kind do not have other fields, as a rule.</summary>
    const int Samples = 50;

    private protected override Func<CancellationToken, Task<IEnumerable<Candidate>>>? Prepare(string command, string parameter, string word, CommandAst line, IDictionary arguments) =>
        PipelineSource.Of(line) switch
        {
            CommandAst source when TypedCommand.Read(source) is { Cmdlet: GetKubeResourceCommand or WaitKubeResourceCommand } typed => cancel => FindAsync(typed, cancel),
            VariableExpressionAst variable when PipelineSource.Objects(variable) is { Count: > 0 } objects => _ => Task.FromResult(Describe(objects.Take(Samples))),
            // The engine's own answer stands.
            _ => null,
        };

    static async Task<IEnumerable<Candidate>> FindAsync(TypedCommand source, CancellationToken cancel)
    {
        var api = source.Connect();
        var command = (TargetCmdlet)source.Cmdlet;
        var found = new List<KubeObject>();
        foreach (var target in await AnyKind.ResolveAllAsync(api, command.Kind, command.Name, cancel).ConfigureAwait(false))
        {
            var objects = await RecentObjects.FindAsync(api, command.QueryOf(api, target.Resource), cancel).ConfigureAwait(false);
            // Where there is none yet, the kind's own type is known all the same.
            found.AddRange(objects is [] ? [KubeObject.Parse(KubeMap.From(new Dictionary<string, object?> { ["apiVersion"] = target.Resource.ApiVersion, ["kind"] = target.Resource.Kind }).ToUtf8())] : objects.Take(Samples));
        }
        return Describe(found);
    }

    static IEnumerable<Candidate> Describe(IEnumerable<KubeObject> objects)
    {
        var adapter = new KubeObjectAdapter();
        return [.. objects.SelectMany(adapter.GetProperties).DistinctBy(property => property.Name, StringComparer.OrdinalIgnoreCase).OrderBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
            .Select(property => new Candidate(property.Name, Tip(property)) { Type = CompletionResultType.Property })];
    }

    static string Tip(PSAdaptedProperty property) =>
        property.Tag is PropertyInfo own ? $"{Microsoft.PowerShell.ToStringCodeMethods.Type(PSObject.AsPSObject(own.PropertyType))} {own.Name}" : property.Name;
}
