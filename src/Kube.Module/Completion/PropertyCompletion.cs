using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Kube.Module.Completion;

/// <summary>
/// Tells a session that after a pipe <see cref="PropertyCompleter"/> is asked first. It has an answer only to what comes from a command that writes any kind, or from a
/// variable with Kube's objects; to everything else the engine goes on to its own.
/// </summary>
static class PropertyCompletion
{
    // One script block for each, made when the session first completes or reads any kind at the prompt: at import it would cost a third of what the import costs.
    const string Registration = """
        $complete = { param($command, $parameter, $word, $line, $bound) [Kube.Module.Completion.PropertyCompleter]::new().CompleteArgument($command, $parameter, $word, $line, $bound) }
        Register-ArgumentCompleter -CommandName Where-Object, Select-Object, Sort-Object, Group-Object, Measure-Object, Format-Table, Format-List -ParameterName Property -ScriptBlock $complete
        Register-ArgumentCompleter -CommandName Select-Object -ParameterName ExpandProperty -ScriptBlock $complete
        Register-ArgumentCompleter -CommandName ForEach-Object -ParameterName MemberName -ScriptBlock $complete
        """;

    static readonly ConditionalWeakTable<Runspace, object> Told = [];

    /// <summary>Tells the session of this thread, unless it knows.</summary>
    public static void Ensure()
    {
        if (Runspace.DefaultRunspace is { } session && Told.TryAdd(session, Told)) ScriptBlock.Create(Registration).Invoke();
    }
}
