using System.Reflection;

namespace Kube.Module.Objects;

/// <summary>Shows, beside an object's own properties, the fields at the root of its document that are none of them: <c>data</c>, <c>rules</c> …</summary>
public sealed class KubeObjectAdapter : KubeMapAdapter
{
    /// <inheritdoc/>
    protected override KubeMap Map(object baseObject) => ((KubeObject)baseObject).GetDocument();

    /// <inheritdoc/>
    protected override bool Shows(object baseObject, string key) =>
        base.Shows(baseObject, key) && baseObject.GetType().GetProperty(key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is null;
}
