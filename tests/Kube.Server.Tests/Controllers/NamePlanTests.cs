using Kube.Server.Controllers.CustomResources;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Tests.Controllers;

public class NamePlanTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_definition_alone_gets_its_names_and_is_established()
    {
        var state = NamePlan.Decide(Definition("a"), [], Now);
        Assert.Equal(["NamesAccepted True NoConflicts no conflicts found", "Established True InitialNamesAccepted the initial names have been accepted"], Conditions(state));
        Assert.Equal(("as", "A"), (state.AcceptedNames.Plural, state.AcceptedNames.Kind));
        Assert.All(state.Conditions!, c => Assert.Equal(Now, c.LastTransitionTime));
    }

    [Theory]
    [InlineData("b", "bs", "B", "a", "SingularConflict", "\"a\" is already in use")]
    [InlineData("b", "as", "B", "b", "PluralConflict", "\"as\" is already in use")]
    [InlineData("b", "bs", "A", "b", "KindConflict", "\"A\" is already in use")]
    [InlineData("b", "bs", "B", "sh", "SingularConflict", "\"sh\" is already in use")]
    public void Names_that_another_has_are_refused(string name, string plural, string kind, string singular, string reason, string message)
    {
        var first = Accepted(Definition("a") with { Spec = Definition("a").Spec with { Names = Definition("a").Spec.Names with { ShortNames = ["sh"] } } });
        var second = Definition(name, later: 1) with { Spec = new DefinitionSpec { Group = "g.example.com", Names = new DefinitionNames { Plural = plural, Kind = kind, Singular = singular } } };
        Assert.Equal([$"NamesAccepted False {reason} {message}", "Established False NotAccepted not all names are accepted"], Conditions(NamePlan.Decide(second, [first, second], Now)));
    }

    [Fact]
    public void Of_two_at_once_the_older_gets_the_names_whoever_is_looked_at_first()
    {
        var (older, newer) = (Definition("a"), Definition("a", later: 1) with { Metadata = Meta("x", 1) });
        Assert.StartsWith("NamesAccepted True", Conditions(NamePlan.Decide(older, [older, newer], Now))[0]);
        Assert.StartsWith("NamesAccepted False", Conditions(NamePlan.Decide(newer, [older, newer], Now))[0]);
    }

    [Fact]
    public void Other_groups_do_not_count()
    {
        var other = Accepted(Definition("a")) with { Spec = Definition("a").Spec with { Group = "h.example.com" } };
        Assert.StartsWith("NamesAccepted True", Conditions(NamePlan.Decide(Definition("a", later: 1) with { Metadata = Meta("x", 1) }, [other], Now))[0]);
    }

    [Fact]
    public void What_is_established_stays_so_and_keeps_its_names_when_it_asks_for_taken_ones()
    {
        var present = Accepted(Definition("b", later: 1));
        var other = Accepted(Definition("a"));
        var wanting = present with { Spec = present.Spec with { Names = present.Spec.Names with { ShortNames = ["as"] } } };
        var state = NamePlan.Decide(wanting, [other, wanting], Now.AddHours(1));
        Assert.Equal(["NamesAccepted False ShortNamesConflict \"as\" is already in use", "Established True InitialNamesAccepted the initial names have been accepted"], Conditions(state));
        Assert.Null(state.AcceptedNames.ShortNames);
        Assert.Equal([Now.AddHours(1), Now], state.Conditions!.Select(c => c.LastTransitionTime!.Value));
    }

    [Fact]
    public void Nothing_new_changes_nothing()
    {
        var present = Accepted(Definition("a"));
        var again = NamePlan.Decide(present, [present], Now.AddHours(1));
        Assert.Equal(present.Status.Conditions!, again.Conditions!);
    }

    static string[] Conditions(DefinitionState state) => [.. state.Conditions!.Select(c => $"{c.Type} {c.Status} {c.Reason} {c.Message}")];

    static DefinitionDocument Accepted(DefinitionDocument definition) => definition with { Status = NamePlan.Decide(definition, [], Now) };

    static DefinitionDocument Definition(string name, int later = 0) => new()
    {
        Metadata = Meta(name + "s.g.example.com", later),
        Spec = new DefinitionSpec { Group = "g.example.com", Names = new DefinitionNames { Plural = name + "s", Singular = name, Kind = name.ToUpperInvariant(), ListKind = name.ToUpperInvariant() + "List" } },
    };

    static ObjectMeta Meta(string name, int later) => new() { Name = name, Uid = name, CreationTimestamp = Now.AddSeconds(later) };
}
