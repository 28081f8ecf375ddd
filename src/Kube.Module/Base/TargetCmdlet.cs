using System.Management.Automation;
using Kube.Module.Completion;
using Kube.Module.Objects;
using Kube.Module.Waiting;

namespace Kube.Module.Base;

/// <summary>
/// A cmdlet about objects of one kind: named, found by wildcard or selector, or handed down the pipeline. An object that comes
/// down the pipeline is taken as it is; the names of anything else count only where its kind does not contradict.
/// </summary>
public abstract class TargetCmdlet : ConnectionCmdlet, IObjectCommand
{
    bool _isKindTyped, _isNameTyped;

    /// <summary>Names; wildcards are looked up in the list.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public virtual string[] Name { get; set; } = [];

    /// <summary>A label selector, such as <c>app=web,tier!=cache</c>.</summary>
    [Parameter]
    [Alias("l", "Selector")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    [JoinedList]
    public string? LabelSelector { get; set; }

    /// <summary>A field selector, such as <c>status.phase=Running</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldSelectorCompleter))]
    [JoinedList]
    public string? FieldSelector { get; set; }

    /// <summary>An object from another of Kube's cmdlets.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public KubeObject? InputObject { get; set; }

    /// <summary>The kind that a foreign object says it is; one that is not the cmdlet's is refused.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public virtual string? Kind { get; set; }

    IReadOnlyList<string> IObjectCommand.Names => Name;

    /// <summary>Where to look.</summary>
    private protected virtual ObjectScope Scope => ObjectScope.Cluster;

    /// <summary>Whether -Kind chooses the kinds: one or several, categories, or kinds with names.</summary>
    private protected virtual bool TakesAnyKind => false;

    /// <summary>Whether all that there are may be meant where neither a name nor a selector says which.</summary>
    private protected virtual bool MayMeanAll => true;

    /// <summary>Whether the objects that are meant are of several kinds.</summary>
    private protected bool MeansSeveralKinds { get; private set; }

    /// <summary>Refuses kinds that the cmdlet is not for.</summary>
    private protected virtual void CheckResource(KubeResource resource)
    {
    }

    /// <summary>The kind that the cmdlet is about, as the cluster knows it.</summary>
    protected abstract KubeResource GetResource(KubeApi api);

    /// <summary>Acts on one object that came down the pipeline.</summary>
    protected abstract void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject);

    /// <summary>Acts on the one object of a literal name.</summary>
    protected abstract void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name);

    /// <summary>Acts on all that a query finds, those alone that match a pattern.</summary>
    private protected abstract void ProcessQuery(KubeApi api, ObjectQuery query, WildcardPattern? pattern);

    /// <summary>Acts on the objects of a literal name in all namespaces.</summary>
    private protected abstract void ProcessNameEverywhere(KubeApi api, KubeResource resource, string name);

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        _isKindTyped = Kind is not null && MyInvocation.BoundParameters.ContainsKey(nameof(Kind));
        _isNameTyped = Name.Length > 0 && MyInvocation.BoundParameters.ContainsKey(nameof(Name));
    }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (InputObject is { } subject)
        {
            if (_isNameTyped) throw new KubeCmdletException(Errors.ParameterInvalid, $"-Name says which object is meant, and {subject} comes from the pipeline: give one or the other.");
            Try(subject, () => ProcessInput(ApiOf(subject), subject));
            return;
        }
        var targets = Targets();
        MeansSeveralKinds = targets.Skip(1).Any(target => target.Resource != targets[0].Resource);
        foreach (var target in targets) ProcessTarget(target);
    }

    void ProcessInput(KubeApi api, KubeObject subject)
    {
        if (!TakesAnyKind || !_isKindTyped)
        {
            ProcessObject(api, GetResource(api), subject);
            return;
        }
        // What is typed counts: it says what of a namespace is meant, and no object of another kind is.
        var targets = ResolveKinds(api, []);
        if (targets.FirstOrDefault(target => target.Names.Count > 0) is { } named)
            throw new KubeCmdletException(Errors.ParameterInvalid, $"-Kind says which object is meant, and {subject} comes from the pipeline: leave the name '{named.Names[0]}' out.");
        if (targets.FirstOrDefault(target => IsOf(target.Resource, subject)) is { } own) targets = [own];
        MeansSeveralKinds = targets.Count > 1;
        foreach (var target in targets) ProcessObject(api, target.Resource, subject);
    }

    IReadOnlyList<ObjectTarget> ResolveKinds(KubeApi api, IReadOnlyList<string> names)
    {
        var targets = Await(AnyKind.ResolveAllAsync(api, Kind, names, Cancel));
        foreach (var target in targets) CheckResource(target.Resource);
        return targets;
    }

    IReadOnlyList<ObjectTarget> Targets()
    {
        if (TakesAnyKind) return ResolveKinds(Api, Name);
        var resource = GetResource(Api);
        if (Kind is null || AnyKind.Is(resource, Kind)) return [new(resource, Name)];
        Try(Name.FirstOrDefault(), () => throw new KubeCmdletException(Errors.WrongKind, $"'{string.Join(", ", Name)}' is of the kind {Kind}, and {resource.Kind} is wanted."));
        return [];
    }

    void ProcessTarget(ObjectTarget target)
    {
        var (resource, names) = target;
        CheckSelectors(names);
        if (!resource.Namespaced && IsNamespaceTyped && !target.IsOneOfMany)
            throw new KubeCmdletException(Errors.ParameterInvalid, $"{resource.Kind} lives in no namespace: leave -Namespace out.");
        if (names.Count == 0) Try(resource.Name, () => ProcessUnnamed(Api, resource));
        foreach (var text in names)
        {
            var (kind, name) = NamedObject.Split(text);
            if (kind is null || AnyKind.Is(resource, kind)) Try($"{resource.Name}/{name}", () => ProcessOne(resource, name));
            // It means what it would in the pipeline: a deployment its pods to one that reads pods, a wrong kind to others.
            else Try(text, () => ProcessObject(Api, resource, Await(NamedObject.ReadAsync(Api, kind, name, Scope, Cancel))));
        }
    }

    /// <summary>Acts where neither a name nor an object is given: on all that the selectors leave.</summary>
    protected virtual void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (!MayMeanAll && (LabelSelector ?? FieldSelector) is null)
            throw new KubeCmdletException(Errors.ParameterInvalid, $"Nothing says which {resource.Name} are meant: give a name, a wildcard ('*' for all), a selector, or objects from the pipeline.");
        ProcessQuery(api, QueryOf(api, resource), null);
    }

    /// <summary>Waits for what was added, to the end, and hands each object on as soon as it is as it was waited for.</summary>
    /// <param name="waits">What is waited for.</param>
    /// <param name="activity">What progress tells of.</param>
    /// <param name="goal">What is waited for, as in "is not …".</param>
    /// <param name="handOn">Whether objects are handed on.</param>
    private protected void Finish(ObjectWaits waits, string activity, string goal, bool handOn)
    {
        using var report = new WaitReport(goal, (int)waits.Timeout.TotalSeconds, Cancel);
        waits.Finish(activity, outcome => Try(outcome.Target, () =>
        {
            if (report.Get(outcome) is { } there && handOn) WriteObject(there);
        }), WriteProgress);
    }

    ObjectQuery IObjectCommand.GetQuery(KubeApi api) => QueryOf(api, GetResource(api));

    /// <summary>What it chooses from where it is about a kind.</summary>
    internal ObjectQuery QueryOf(KubeApi api, KubeResource resource) => new(resource, Scope.NamespaceFor(api, resource), new ListOptions { LabelSelector = LabelSelector, FieldSelector = FieldSelector });

    /// <summary>Refuses an object from the pipeline that the command's own words contradict: it is of another kind or in another namespace, or selectors stand beside it.</summary>
    private protected void CheckInput(KubeResource resource, KubeObject subject)
    {
        if (!IsOf(resource, subject))
            throw new KubeCmdletException(Errors.WrongKind, $"'{subject.Name}' is of the kind {subject.Kind}, and {resource.Kind} is wanted.") { Target = subject };
        if ((LabelSelector ?? FieldSelector) is not null)
            throw new KubeCmdletException(Errors.ParameterInvalid, $"A selector says which of many are meant, and {subject} comes from the pipeline: leave the selector out.");
        if (IsNamespaceTyped && Scope.Namespace is { } named && subject.Namespace != named)
            throw new KubeCmdletException(Errors.NamespaceMismatch, subject.Namespace is { } own
                ? $"{subject} is in namespace '{own}', and the command names '{named}'."
                : $"{subject} is in no namespace, and the command names '{named}'.") { Target = subject };
    }

    static bool IsOf(KubeResource resource, KubeObject subject) => subject.Kind == resource.Kind && ApiGroup.Of(subject.ApiVersion) == resource.Group;

    void ProcessOne(KubeResource resource, string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
            ProcessQuery(Api, QueryOf(Api, resource), WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
        else if (Scope.IsEverywhere && resource.Namespaced)
            ProcessNameEverywhere(Api, resource, NamedObject.Check(name, resource.Singular));
        else
            ProcessName(Api, resource, Scope.NamespaceFor(Api, resource), NamedObject.Check(name, resource.Singular));
    }

    void CheckSelectors(IReadOnlyList<string> names)
    {
        if (names.Any(name => !WildcardPattern.ContainsWildcardCharacters(name)) && (LabelSelector ?? FieldSelector) is not null)
            throw new KubeCmdletException(Errors.ParameterInvalid, "A name says which object is meant, a selector which of many: give one or the other (a wildcard goes with both).");
    }
}
