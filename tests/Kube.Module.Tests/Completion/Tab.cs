using System.Management.Automation;

namespace Kube.Module.Tests.Completion;

/// <summary>Presses Tab at the end of what is typed, through the engine's own completion.</summary>
static class Tab
{
    const int Patience = 10;

    /// <summary>The words that completers offer at one press. Files, which the engine offers where they have nothing, are left out.</summary>
    public static IReadOnlyList<CompletionResult> Once(ModuleSession session, string typed, int? cursor = null) =>
    [
        .. session.Run("(TabExpansion2 $args[0] $args[1]).CompletionMatches", typed, cursor ?? typed.Length)
            .Select(found => (CompletionResult)found.BaseObject)
            .Where(found => found.ResultType is CompletionResultType.ParameterValue),
    ];

    /// <summary>The words that completers offer; pressed again where there is nothing, as a person does while a slow cluster makes up its mind.</summary>
    public static IReadOnlyList<CompletionResult> Results(ModuleSession session, string typed, int? cursor = null)
    {
        for (var press = 1; press < Patience; press++)
        {
            if (Once(session, typed, cursor) is { Count: > 0 } found) return found;
        }
        return Once(session, typed, cursor);
    }

    /// <summary>What would stand in the command, joined by <c>|</c>.</summary>
    public static string Press(ModuleSession session, string typed, int? cursor = null) => string.Join('|', Results(session, typed, cursor).Select(found => found.CompletionText));
}
