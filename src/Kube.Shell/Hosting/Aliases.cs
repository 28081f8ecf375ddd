namespace Kube.Shell.Hosting;

/// <summary>pwsh's own aliases of the cmdlets here; those that are programs elsewhere exist on Windows alone, as in pwsh.</summary>
static class Aliases
{
    public static IEnumerable<(string Alias, string Command)> All => OperatingSystem.IsWindows() ? Everywhere.Concat(Windows) : Everywhere;

    static readonly (string Alias, string Command)[] Everywhere =
    [
        ("select", "Select-Object"), ("measure", "Measure-Object"), ("group", "Group-Object"), ("gm", "Get-Member"), ("gu", "Get-Unique"),
        ("ft", "Format-Table"), ("fl", "Format-List"),
        ("echo", "Write-Output"), ("write", "Write-Output"), ("iex", "Invoke-Expression"),
        ("gal", "Get-Alias"), ("gv", "Get-Variable"), ("sv", "Set-Variable"), ("set", "Set-Variable"),
        ("cd", "Set-Location"), ("chdir", "Set-Location"), ("sl", "Set-Location"), ("gl", "Get-Location"), ("pwd", "Get-Location"),
        ("gci", "Get-ChildItem"), ("dir", "Get-ChildItem"), ("gi", "Get-Item"), ("gc", "Get-Content"), ("type", "Get-Content"),
        ("ni", "New-Item"), ("ri", "Remove-Item"), ("del", "Remove-Item"), ("erase", "Remove-Item"), ("rd", "Remove-Item"), ("rvpa", "Resolve-Path"),
        ("ipcsv", "Import-Csv"), ("epcsv", "Export-Csv"),
    ];

    static readonly (string Alias, string Command)[] Windows =
    [
        ("sort", "Sort-Object"), ("sleep", "Start-Sleep"), ("tee", "Tee-Object"), ("ls", "Get-ChildItem"), ("cat", "Get-Content"), ("rm", "Remove-Item"), ("rmdir", "Remove-Item"),
    ];
}
