using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Lists the kinds that a server has.</summary>
[Cmdlet(VerbsCommon.Get, "KubeApiResource")]
[OutputType(typeof(KubeApiResource))]
public sealed class GetKubeApiResourceCommand : ConnectionCmdlet
{
    /// <summary>Plural, singular or short names or kinds; wildcards are looked up.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Kind")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>API groups; the core group is <c>core</c>.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ApiGroupCompleter))]
    public string[] Group { get; set; } = [];

    /// <summary>What the server must be able to do with it, all of these.</summary>
    [Parameter]
    [ValidateSet("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")]
    public string[] Verb { get; set; } = [];

    /// <summary>Only kinds of these categories.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Category { get; set; } = [];

    /// <summary>Only kinds that live in namespaces; <c>-Namespaced:$false</c>: only those that live in none.</summary>
    [Parameter]
    public SwitchParameter Namespaced { get; set; }

    /// <summary>Every version of each group, not the preferred one alone.</summary>
    [Parameter]
    public SwitchParameter AllVersions { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var api = Api;
        var known = Known(api);
        if (Name.Length == 0) WriteObject(known, enumerateCollection: true);
        foreach (var name in Name) Try(name, () => Write(api, known, name));
    }

    KubeApiResource[] Known(KubeApi api)
    {
        var all = Await(api.GetResourcesAsync(Cancel));
        var versions = all.GroupBy(resource => (resource.Group, resource.Name)).ToDictionary(group => group.Key, group => group.First());
        return [.. all.Select(resource => new KubeApiResource(resource, ReferenceEquals(versions[(resource.Group, resource.Name)], resource), api.Connection))
            .Where(kind => (AllVersions || kind.IsPreferred) && Fits(kind))];
    }

    void Write(KubeApi api, KubeApiResource[] known, string name)
    {
        var isPattern = WildcardPattern.ContainsWildcardCharacters(name);
        // A kind that is missed may have been defined since: the server is asked again.
        if (!isPattern && !known.Any(kind => AnyKind.Is(kind.Resource, name)) && Await(AnyKind.ResolveAsync(api, name, subject: null, Cancel)) is not null) known = Known(api);
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        var found = known.Where(kind => isPattern
            ? pattern.IsMatch(kind.Name) || pattern.IsMatch(kind.Kind) || pattern.IsMatch(kind.ToString())
            : AnyKind.Is(kind.Resource, name)).ToArray();
        if (found.Length == 0 && !isPattern) throw new KubeCmdletException(Errors.UnknownKind, $"{api.Connection.Name}: the server has no resource type \"{name}\" that fits.") { Target = name };
        WriteObject(found, enumerateCollection: true);
    }

    bool Fits(KubeApiResource kind) =>
        (Group.Length == 0 || Group.Any(group => WildcardPattern.Get(group, WildcardOptions.IgnoreCase).IsMatch(kind.Group.Length == 0 ? "core" : kind.Group)))
        && Verb.All(verb => kind.Verbs.Contains(verb, StringComparer.OrdinalIgnoreCase))
        && (Category.Length == 0 || kind.Categories.Intersect(Category, StringComparer.OrdinalIgnoreCase).Any())
        && (!MyInvocation.BoundParameters.ContainsKey(nameof(Namespaced)) || kind.Namespaced == Namespaced);
}
