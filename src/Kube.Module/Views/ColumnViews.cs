using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Kube.Module.Objects;

namespace Kube.Module.Views;

/// <summary>Tells a session how to show kinds that have no type of their own, when their first object comes along.</summary>
static class ColumnViews
{
    static readonly ConditionalWeakTable<InitialSessionState, ConcurrentDictionary<string, string>> Told = [];

    /// <summary>Makes sure that the session's tables of a kind have its columns.</summary>
    public static void Ensure(PSCmdlet cmdlet, KubeObject item)
    {
        if (Runspace.DefaultRunspace?.InitialSessionState is not { DisableFormatUpdates: false } session) return;
        var (told, type) = (Told.GetOrCreateValue(session), KindTypeName.Of(item));
        var columns = string.Join('\n', item.Columns.Select(column => $"{column.Name}\t{column.Type}\t{column.Priority}").Append(item.Namespace is null ? "" : "namespaced"));
        if (told.TryGetValue(type, out var known) && known == columns) return;
        told[type] = columns;
        if (!ColumnView.IsWorthwhile(item.Columns)) return;
        foreach (var old in session.Formats.Where(format => format.FormatData?.TypeName == type).ToArray()) session.Formats.Remove(old.FormatData.TypeName, typeof(SessionStateFormatEntry));
        session.Formats.Add(new SessionStateFormatEntry(ColumnView.Define(item)));
        Reload(cmdlet);
    }

    static void Reload(PSCmdlet cmdlet)
    {
        // A host of the bare engine may be without it: there objects look as all others do.
        if (cmdlet.InvokeCommand.GetCommand("Update-FormatData", CommandTypes.Cmdlet) is not CmdletInfo update) return;
        cmdlet.InvokeCommand.InvokeScript("param($update) & $update", useNewScope: true, PipelineResultTypes.None, null, update);
    }
}
