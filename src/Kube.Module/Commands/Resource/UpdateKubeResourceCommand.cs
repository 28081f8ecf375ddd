using System.Management.Automation;
using System.Text.Json;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Changes fields of objects: by a patch, or as an object was changed in place.</summary>
[Cmdlet(VerbsData.Update, "KubeResource", SupportsShouldProcess = true)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class UpdateKubeResourceCommand : AnyKindCmdlet
{
    /// <summary>Look in all namespaces.</summary>
    [Parameter]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>The fields to change: a table, a list of operations, or JSON or YAML.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNull]
    public object? Patch { get; set; }

    /// <summary>How the patch is meant.</summary>
    [Parameter]
    [ValidateSet("Strategic", "Merge", "Json")]
    public string? PatchType { get; set; }

    /// <summary>The subresource that is changed, such as <c>status</c> or <c>scale</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subresource { get; set; }

    /// <summary>Ask the server which fields would change, and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Hand the changed objects on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool MayMeanAll => false;

    private protected override ObjectScope Scope => ObjectScope.Of(Namespace, AllNamespaces);

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (PatchType is not null && Patch is null) throw new KubeCmdletException(Errors.ParameterInvalid, "-PatchType says how -Patch is meant: give a patch.");
    }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        if (Patch is not null) Change(api, resource, subject.Namespace, subject.Name);
        else ChangeAsEdited(api, resource, subject);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => Change(api, resource, @namespace, name);

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => Change(api, resource, item.Namespace, item.Name)));

    void Change(KubeApi api, KubeResource resource, string? @namespace, string name)
    {
        var patch = PatchDocument.Read(
            Patch ?? throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says what to change: give -Patch, or pipe an object that was read and changed in place."), PatchType == "Json");
        Send(api, resource, @namespace, name, PatchType is null ? null : Enum.Parse<PatchType>(PatchType), patch);
    }

    void ChangeAsEdited(KubeApi api, KubeResource resource, KubeObject subject)
    {
        var original = KubeObject.Parse(subject.OriginalJson);
        if ((original.Kind, original.ApiVersion, original.Namespace, original.Name) != (subject.Kind, subject.ApiVersion, subject.Namespace, subject.Name))
            throw new KubeCmdletException(Errors.ParameterInvalid, $"{original} was given another kind, name or namespace, which cannot be changed: create it anew with New-KubeResource.") { Target = subject };
        if (KubeChanges.MergePatch(subject.OriginalJson, subject.Json, original.ResourceVersion) is not { } patch)
        {
            WriteVerbose($"{subject} is as it was read: nothing is sent.");
            if (PassThru) WriteObject(subject);
            return;
        }
        WarnOfStatus(resource, subject, patch);
        Send(api, resource, subject.Namespace, subject.Name, Kube.PatchType.Merge, patch);
    }

    void WarnOfStatus(KubeResource resource, KubeObject subject, ReadOnlyMemory<byte> patch)
    {
        using var document = JsonDocument.Parse(patch);
        if (Subresource is null && resource.Subresources.Contains("status") && document.RootElement.TryGetProperty("status", out _))
            WriteWarning($"The server leaves what was changed in the status of {subject} alone: that takes -Subresource status.");
    }

    void Send(KubeApi api, KubeResource resource, string? @namespace, string name, PatchType? type, ReadOnlyMemory<byte> patch) => CarryOut(
        TextOf(api, resource, @namespace, name), "Update", DryRun, PassThru,
        () => Await(Subresource is null ? api.GetAsync(resource, @namespace, name, Cancel) : api.GetSubresourceAsync(resource, @namespace, name, Subresource, Cancel)),
        options => Await(PatchAsync(api, resource, @namespace, name, type, patch, options with { FieldValidation = "Strict", Subresource = Subresource })));

    async Task<KubeObject> PatchAsync(KubeApi api, KubeResource resource, string? @namespace, string name, PatchType? type, ReadOnlyMemory<byte> patch, WriteOptions options)
    {
        try
        {
            return await api.PatchAsync(resource, @namespace, name, type ?? Kube.PatchType.Strategic, patch, options, Cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (type is null && exception.Status.Code == 415)
        {
            // Custom resources know no strategic merge.
            return await api.PatchAsync(resource, @namespace, name, Kube.PatchType.Merge, patch, options, Cancel).ConfigureAwait(false);
        }
    }
}
