using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Kube.Shell.Editing;

/// <summary>Tells which commands hold a secret in clear, so that no file keeps them.</summary>
static partial class SensitiveText
{
    /// <summary>Whether a command looks as if it holds one: a literal where a password, token or key belongs.</summary>
    /// <remarks>A name alone is none: <c>Get-KubeSecret token</c> and <c>-Password $typed</c> tell nothing. What cannot be parsed is taken by its words.</remarks>
    public static bool Holds(string command)
    {
        if (Spelled().IsMatch(command)) return true;
        if (!Word().IsMatch(command)) return false;
        var script = Parser.ParseInput(command, out _, out var faults);
        return faults.Length > 0 || script.Find(IsSecret, searchNestedScriptBlocks: true) is not null;
    }

    static bool IsSecret(Ast part) => part switch
    {
        CommandAst command => IsSecretCommand(command),
        AssignmentStatementAst assignment => Word().IsMatch(assignment.Left.Extent.Text) && HasLiteral(assignment.Right),
        HashtableAst table => table.KeyValuePairs.Any(pair => Word().IsMatch(pair.Item1.Extent.Text) && HasLiteral(pair.Item2)),
        InvokeMemberExpressionAst call => Word().IsMatch(call.Expression.Extent.Text + call.Member.Extent.Text) && call.Arguments?.Any(HasLiteral) == true,
        _ => false,
    };

    static bool IsSecretCommand(CommandAst command)
    {
        var elements = command.CommandElements;
        if (elements.OfType<CommandParameterAst>().Any(parameter => IsShortOf(parameter.ParameterName, "AsPlainText")) && elements.Skip(1).Any(HasLiteral)) return true;
        // Everything in a secret is one.
        if (Making().IsMatch(command.GetCommandName() ?? "") && elements.OfType<HashtableAst>().Any(table => table.KeyValuePairs.Any(pair => HasLiteral(pair.Item2)))) return true;
        for (var index = 1; index < elements.Count; index++)
        {
            var next = index + 1 < elements.Count ? elements[index + 1] : null;
            switch (elements[index])
            {
                case CommandParameterAst parameter when IsSecretName(parameter.ParameterName) && (parameter.Argument ?? next) is { } argument && HasLiteral(argument):
                    return true;
                // A program's own option: --password x, --token=x.
                case StringConstantExpressionAst { Value: ['-', ..] option } when IsSecretName(option) && (option.Contains('=') || (next is not null && HasLiteral(next))):
                    return true;
            }
        }
        return false;
    }

    static bool IsShortOf(string typed, string name) => typed.Length > 2 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    static bool IsSecretName(string name) => Word().IsMatch(name) && !Reference().IsMatch(name);

    /// <summary>Whether a value has text of its own; what a command in it is given is that command's affair.</summary>
    static bool HasLiteral(Ast value) => value switch
    {
        CommandParameterAst => false,
        _ => value.FindAll(IsText, searchNestedScriptBlocks: true).Any(text => !IsInside<CommandAst>(text, value)),
    };

    static bool IsText(Ast part) => part switch
    {
        StringConstantExpressionAst { Parent: MemberExpressionAst member } name => member.Member != name && name.Value.Length > 0,
        StringConstantExpressionAst text => text.Value.Length > 0,
        ExpandableStringExpressionAst text => text.NestedExpressions.Sum(nested => nested.Extent.Text.Length) < text.Value.Length,
        _ => false,
    };

    static bool IsInside<T>(Ast part, Ast outermost)
    {
        for (var outer = part; outer != outermost; outer = outer.Parent)
        {
            if (outer.Parent is T && outer.Parent != outermost.Parent) return true;
        }
        return false;
    }

    [GeneratedRegex("password|passwd|asplain|token|api[-_]?key|secret", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    /// <summary>Names of what only points to a secret.</summary>
    [GeneratedRegex("(name|path|file|type|ref)s?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex("^(new|set|update)-kubesecret$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Making();

    /// <summary>Written so that no parsing is needed: an Authorization value, a URL with a password.</summary>
    [GeneratedRegex(@"\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}|\b[a-z][a-z0-9+.-]*://[^\s/:@'""$]*:[^\s/@$]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();
}
