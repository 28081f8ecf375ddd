using Kube.Server.Controllers.Documents;
using Kube.Server.Custom;

namespace Kube.Server.Controllers.CustomResources;

/// <summary>Decides which of a definition's names it may have beside the others of its group. Pure.</summary>
static class NamePlan
{
    /// <param name="definition">The definition.</param>
    /// <param name="others">All others.</param>
    /// <param name="now">The time that changed conditions get.</param>
    public static DefinitionState Decide(DefinitionDocument definition, IEnumerable<DefinitionDocument> others, DateTimeOffset now)
    {
        var (wanted, had) = (definition.Spec.Names, definition.Status.AcceptedNames);
        // What another has is taken, and so is what one that was there first has asked for: who comes first does not depend on who is looked at first.
        var taken = others.Where(o => o.Spec.Group == definition.Spec.Group && o.Metadata.Name != definition.Metadata.Name)
            .SelectMany(o => ComesBefore(o, definition) ? (DefinitionNames[])[o.Status.AcceptedNames, o.Spec.Names] : [o.Status.AcceptedNames]).ToList();
        var resources = taken.SelectMany(n => (string?[])[n.Plural, n.Singular, .. n.ShortNames ?? []]).OfType<string>().ToHashSet();
        var kinds = taken.SelectMany(n => (string?[])[n.Kind, n.ListKind]).OfType<string>().ToHashSet();

        (string Reason, string Message)? conflict = null;
        string Accept(string? want, string? has, HashSet<string> used, string reason)
        {
            if (string.IsNullOrEmpty(want) || want == has || !used.Contains(want)) return want ?? "";
            conflict = (reason, $"\"{want}\" is already in use");
            return has ?? "";
        }

        var accepted = new DefinitionNames
        {
            Plural = Accept(wanted.Plural, had.Plural, resources, "PluralConflict"),
            Singular = Accept(wanted.Singular, had.Singular, resources, "SingularConflict"),
            ShortNames = AcceptShort(),
            Kind = Accept(wanted.Kind, had.Kind, kinds, "KindConflict"),
            ListKind = Accept(wanted.ListKind, had.ListKind, kinds, "ListKindConflict"),
            Categories = wanted.Categories,
        };
        IReadOnlyList<string>? AcceptShort()
        {
            var bad = (wanted.ShortNames ?? []).Where(n => had.ShortNames?.Contains(n) != true && resources.Contains(n)).ToList();
            if (bad.Count == 0) return wanted.ShortNames;
            conflict = ("ShortNamesConflict", bad.Count == 1 ? $"\"{bad[0]}\" is already in use" : $"[{string.Join(", ", bad.Select(b => $"\"{b}\" is already in use"))}]");
            return had.ShortNames;
        }

        var names = conflict is { } why
            ? Condition(definition, DefinitionStatus.NamesAccepted, false, why.Reason, why.Message, now)
            : Condition(definition, DefinitionStatus.NamesAccepted, true, "NoConflicts", "no conflicts found", now);
        // What is served once stays served.
        var established = definition.IsEstablished ? definition.Status.Conditions!.First(c => c.Type == DefinitionStatus.Established)
            : conflict is null ? Condition(definition, DefinitionStatus.Established, true, "InitialNamesAccepted", "the initial names have been accepted", now)
            : Condition(definition, DefinitionStatus.Established, false, "NotAccepted", "not all names are accepted", now);
        var rest = (definition.Status.Conditions ?? []).Where(c => c.Type is not (DefinitionStatus.NamesAccepted or DefinitionStatus.Established));
        return definition.Status with { AcceptedNames = accepted, Conditions = [names, established, .. rest] };
    }

    static bool ComesBefore(DefinitionDocument one, DefinitionDocument other) =>
        (one.Metadata.CreationTimestamp, one.Metadata.Uid).CompareTo((other.Metadata.CreationTimestamp, other.Metadata.Uid)) < 0;

    static Condition Condition(DefinitionDocument definition, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        var status = value ? "True" : "False";
        var before = definition.Status.Conditions?.FirstOrDefault(c => c.Type == type);
        return new Condition { Type = type, Status = status, Reason = reason, Message = message, LastTransitionTime = before?.Status == status ? before.LastTransitionTime : WholeSeconds.Of(now) };
    }
}
