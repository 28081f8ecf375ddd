using System.Globalization;
using System.Text;

namespace Kube.Http;

/// <summary>A path that grows its query, escaped. What is null is left out.</summary>
readonly struct Query(string path)
{
    readonly StringBuilder _text = new(path);
    readonly int _path = path.Length;

    public Query Add(string name, string? value)
    {
        if (value is not null)
            _text.Append(_text.Length == _path ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public Query Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
