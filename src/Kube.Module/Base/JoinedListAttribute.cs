using System.Collections;
using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Takes what PowerShell makes an array of, because a comma is in it, for the text that was typed: <c>-l app=web,tier=front</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class JoinedListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IList { Count: > 0 } list
            ? string.Join(',', list.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>))
            : inputData;
}
