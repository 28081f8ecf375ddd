using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Member: the properties and methods of each type of object.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
[OutputType(typeof(MemberDefinition))]
public sealed class GetMemberCommand : PSCmdlet
{
    readonly HashSet<string> _seen = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var type = InputObject.TypeNames.Count > 0 ? InputObject.TypeNames[0] : InputObject.BaseObject.GetType().FullName!;
        if (!_seen.Add(type)) return;
        var patterns = Name.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var members = InputObject.Members
            .Where(member => MemberType.HasFlag(member.MemberType) && patterns.Any(pattern => pattern.IsMatch(member.Name)) && !IsHidden(member))
            .OrderBy(member => member.MemberType.ToString(), StringComparer.Ordinal).ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            WriteObject(EngineFormatting.Show(new MemberDefinition(type, member.Name, member.MemberType, member.ToString()!), "Microsoft.PowerShell.Commands.MemberDefinition"));
        }
    }

    /// <summary>What the compiler and the engine make is not for people: accessors, operators, the engine's own sets.</summary>
    static bool IsHidden(PSMemberInfo member) =>
        member.MemberType == PSMemberTypes.MemberSet || (member is PSMethod && (member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal) || member.Name.StartsWith("op_", StringComparison.Ordinal) || member.Name == ".ctor"));
}

/// <summary>A member of a type.</summary>
/// <param name="TypeName">The type.</param>
/// <param name="Name">The member's name.</param>
/// <param name="MemberType">What kind of member it is.</param>
/// <param name="Definition">How it is declared.</param>
public sealed record MemberDefinition(string TypeName, string Name, PSMemberTypes MemberType, string Definition);
