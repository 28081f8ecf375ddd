using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Kube.Help.Pages;

namespace Kube.Module.Tests.Help;

/// <summary>What a loaded cmdlet says of itself, in a page's terms.</summary>
static class CmdletFacts
{
    static readonly HashSet<string> Common = [.. Cmdlet.CommonParameters];

    static readonly Dictionary<string, string> OfEveryChange = new()
    {
        ["WhatIf"] = "Says what would be done, and does nothing.",
        ["Confirm"] = "Asks before each change; `-Confirm:$false` goes ahead without being asked.",
    };

    /// <summary>The page with syntax, parameters and types as the cmdlet has them now; its prose stays.</summary>
    public static HelpPage Refresh(HelpPage page, CmdletInfo cmdlet) => page with
    {
        ParameterSets = [.. cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal).Select(set => new ParameterSet(SetName(set.Name), set.IsDefault || cmdlet.ParameterSets.Count == 1))],
        Parameters = [.. Parameters(cmdlet).Select(parameter => parameter with { Text = page.Parameters.FirstOrDefault(old => old.Name == parameter.Name)?.Text ?? OfEveryChange.GetValueOrDefault(parameter.Name, "") })],
        Inputs = Types(page.Inputs, cmdlet.ParameterSets.SelectMany(set => set.Parameters).Where(parameter => parameter.ValueFromPipeline).Select(parameter => TypeName(parameter.ParameterType))),
        Outputs = Types(page.Outputs, cmdlet.OutputType.Select(type => type.Name)),
    };

    static HelpType[] Types(IReadOnlyList<HelpType> old, IEnumerable<string> names) =>
        [.. names.DefaultIfEmpty("None").Distinct().Order(StringComparer.Ordinal).Select(name => old.FirstOrDefault(type => type.Name == name) ?? new HelpType(name, ""))];

    static IEnumerable<HelpParameter> Parameters(CmdletInfo cmdlet)
    {
        using var instance = (IDisposable)Activator.CreateInstance(cmdlet.ImplementingType)!;
        return [.. from set in cmdlet.ParameterSets
               from parameter in set.Parameters
               where !Common.Contains(parameter.Name) && !IsHidden(parameter)
               group (Set: SetName(set.Name), Use: Use(parameter, instance)) by parameter.Name into uses
               orderby uses.Key is "WhatIf" or "Confirm", uses.Key == "Confirm", uses.Key
               select new HelpParameter(uses.Key, "", Merge(uses, cmdlet.ParameterSets.Count))];
    }

    /// <summary>One entry for all sets in which the parameter is the same.</summary>
    static ParameterUse[] Merge(IEnumerable<(string Set, ParameterUse Use)> uses, int sets) =>
        [.. uses.GroupBy(item => PageWriter.Yaml(item.Use), StringComparer.Ordinal)
            .Select(same => same.First().Use with { Sets = same.Count() == sets ? ParameterUse.AllSets : string.Join(", ", same.Select(item => item.Set).Order(StringComparer.Ordinal)) })
            .OrderBy(use => use.Sets, StringComparer.Ordinal)];

    static ParameterUse Use(CommandParameterInfo parameter, object instance) => new(TypeLabel(parameter.ParameterType))
    {
        Aliases = [.. parameter.Aliases],
        AcceptedValues = Accepted(parameter),
        Required = parameter.IsMandatory,
        Position = parameter.Position >= 0 ? parameter.Position : null,
        Default = Default(parameter, instance),
        ByValue = parameter.ValueFromPipeline,
        ByPropertyName = parameter.ValueFromPipelineByPropertyName,
        Wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
    };

    static bool IsHidden(CommandParameterInfo parameter) => parameter.Attributes.OfType<ParameterAttribute>().All(attribute => attribute.DontShow);

    static string[] Accepted(CommandParameterInfo parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } listed) return [.. listed.ValidValues];
        var type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        return type.IsEnum ? Enum.GetNames(type) : [];
    }

    /// <summary>As the cmdlet declares it, else as a fresh one has it.</summary>
    static string Default(CommandParameterInfo parameter, object instance)
    {
        if (parameter.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault() is { } declared) return Text(declared.Help ?? declared.Value);
        var value = instance.GetType().GetProperty(parameter.Name)?.GetValue(instance);
        return parameter.ParameterType == typeof(SwitchParameter) ? "False" : value is IEnumerable items and not string ? Text(string.Join(", ", items.Cast<object>())) : Text(value);
    }

    static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text && value is not (0 or PSCredential) ? text : "None";

    static string SetName(string name) => name == ParameterAttribute.AllParameterSets ? "" : name;

    static string TypeLabel(Type type) => type.IsArray ? TypeLabel(type.GetElementType()!) + "[]" : (Nullable.GetUnderlyingType(type) ?? type).Name;

    static string TypeName(Type type) => (type.GetElementType() ?? type).FullName!;
}
