using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Orders lists of values as PowerShell compares: numbers as numbers, text without regard to case, and what cannot be compared as text.</summary>
sealed class ValueOrder(bool ignoreCase = true) : IComparer<object?[]>
{
    public int Compare(object?[]? one, object?[]? other)
    {
        for (var index = 0; index < one!.Length; index++)
        {
            if (Compare(one[index], other![index]) is var result and not 0) return result;
        }
        return 0;
    }

    public int Compare(object? one, object? other) => LanguagePrimitives.TryCompare(one, other, ignoreCase, out var result)
        ? result
        : string.Compare(one?.ToString(), other?.ToString(), ignoreCase ? StringComparison.CurrentCultureIgnoreCase : StringComparison.CurrentCulture);
}
