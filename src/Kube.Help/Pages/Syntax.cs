using System.Text;

namespace Kube.Help.Pages;

/// <summary>How a cmdlet is called.</summary>
static class Syntax
{
    const int Width = 110;

    /// <summary>The parameters of a set: by position, then those required, then the others by name, and at last what every change has.</summary>
    public static IEnumerable<(HelpParameter Parameter, ParameterUse Use)> ParametersOf(HelpPage page, ParameterSet set) =>
        from parameter in page.Parameters
        from use in parameter.Uses
        where use.IsIn(set)
        orderby use.Position ?? int.MaxValue, !use.Required, parameter.Name is "WhatIf" or "Confirm", parameter.Name is "Confirm", parameter.Name
        select (parameter, use);

    /// <summary>The line that calls a cmdlet by a set, broken before it gets long.</summary>
    public static string Of(HelpPage page, ParameterSet set)
    {
        var text = new StringBuilder(page.Name);
        var column = text.Length;
        foreach (var word in ParametersOf(page, set).Select(item => Word(item.Parameter.Name, item.Use)).Append("[<CommonParameters>]"))
        {
            if (column + word.Length + 1 > Width)
            {
                text.Append('\n');
                column = 0;
            }
            text.Append(' ').Append(word);
            column += word.Length + 1;
        }
        return text.ToString();
    }

    static string Word(string name, ParameterUse use)
    {
        var typed = use.Position is null ? "-" + name : $"[-{name}]";
        if (!use.IsSwitch) typed += $" <{use.Type}>";
        return use.Required ? typed : $"[{typed}]";
    }
}
