using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Kube.Module.Completion;

/// <summary>Where the objects of a pipeline come from, as far as it can be told without running it.</summary>
static class PipelineSource
{
    /// <summary>Commands that hand their input on as it is.</summary>
    static readonly string[] Passing = ["Where-Object", "where", "?", "Sort-Object", "sort", "Tee-Object", "tee"];

    static readonly string[] SelectObject = ["Select-Object", "select"];

    /// <summary>Select-Object hands on what it gets where it says how many, and not what of each.</summary>
    static readonly string[] Counts = ["First", "Last", "Skip", "SkipLast", "Index", "SkipIndex", "Unique", "Wait"];

    /// <summary>The command or variable that the input of a command comes from; null where that is something else.</summary>
    public static Ast? Of(CommandAst line)
    {
        if (line.Parent is not PipelineAst { PipelineElements: var elements }) return null;
        for (var at = elements.IndexOf(line) - 1; at >= 0; at--)
        {
            switch (elements[at])
            {
                case CommandExpressionAst { Expression: VariableExpressionAst variable }:
                    return variable;
                case CommandAst command when HandsOn(command):
                    continue;
                case CommandAst command:
                    return command;
                default:
                    return null;
            }
        }
        return null;
    }

    /// <summary>The objects from clusters that a variable of the session holds. On the pipeline's thread alone.</summary>
    public static IReadOnlyList<KubeObject> Objects(VariableExpressionAst variable)
    {
        var held = ScriptBlock.Create("param($name) , $ExecutionContext.SessionState.PSVariable.GetValue($name)").InvokeReturnAsIs(variable.VariablePath.UserPath);
        return Bare(held) switch
        {
            KubeObject one => [one],
            IList many => [.. many.Cast<object?>().Select(Bare).OfType<KubeObject>()],
            _ => [],
        };
    }

    static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    static bool HandsOn(CommandAst command)
    {
        var name = command.GetCommandName();
        if (Passing.Contains(name, StringComparer.OrdinalIgnoreCase)) return true;
        return SelectObject.Contains(name, StringComparer.OrdinalIgnoreCase)
            && StaticParameterBinder.BindCommand(command).BoundParameters.Keys.All(parameter => Counts.Contains(parameter, StringComparer.OrdinalIgnoreCase));
    }
}
