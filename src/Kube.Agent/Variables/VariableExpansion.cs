using System.Text;

namespace Kube.Agent.Variables;

/// <summary>
/// Kubernetes' <c>$(NAME)</c>: replaced where the name is known and left as it stands where it is not; <c>$$</c> is one dollar sign, so that
/// <c>$$(NAME)</c> is the text <c>$(NAME)</c>.
/// </summary>
static class VariableExpansion
{
    public static string Expand(string text, Func<string, string?> valueOf)
    {
        if (!text.Contains('$'))
            return text;
        var expanded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }
            i++;
            if (text[i] == '$')
                expanded.Append('$');
            else if (text[i] == '(' && text.IndexOf(')', i) is var end and > 0)
            {
                var name = text[(i + 1)..end];
                expanded.Append(valueOf(name) ?? $"$({name})");
                i = end;
            }
            else
                expanded.Append('$').Append(text[i]);
        }
        return expanded.ToString();
    }
}
