using System.Globalization;

namespace Kube.Server.Kinds.Validation;

/// <summary>Where a value stands in a document, as failures print it: <c>spec.containers[0].ports[1].name</c>.</summary>
sealed record FieldPath(string Text)
{
    public static FieldPath Root(string name) => new(name);

    public FieldPath Child(string name) => new(Text.Length == 0 ? name : Text + "." + name);

    public FieldPath Child(params ReadOnlySpan<string> names)
    {
        var path = this;
        foreach (var name in names)
            path = path.Child(name);
        return path;
    }

    public FieldPath Index(int index) => new(Text + "[" + index.ToString(CultureInfo.InvariantCulture) + "]");

    public FieldPath Key(string key) => new(Text + "[" + key + "]");

    public override string ToString() => Text;
}
