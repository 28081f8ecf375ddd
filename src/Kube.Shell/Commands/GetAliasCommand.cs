using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Alias.</summary>
[Cmdlet(VerbsCommon.Get, "Alias", DefaultParameterSetName = "Name")]
[OutputType(typeof(AliasInfo))]
public sealed class GetAliasCommand : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    [Parameter(ParameterSetName = "Definition")]
    [SupportsWildcards]
    public string Definition { get; set; } = "*";

    protected override void ProcessRecord()
    {
        var all = InvokeCommand.GetCommands("*", CommandTypes.Alias, nameIsPattern: true).OfType<AliasInfo>();
        var definition = WildcardPattern.Get(Definition, WildcardOptions.IgnoreCase);
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = all.Where(alias => pattern.IsMatch(alias.Name) && definition.IsMatch(alias.Definition)).OrderBy(alias => alias.Name, StringComparer.OrdinalIgnoreCase).ToList();
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(new ErrorRecord(new ItemNotFoundException($"There is no alias with the name '{name}'."), "ItemNotFoundException", ErrorCategory.ObjectNotFound, name));
        }
    }
}
