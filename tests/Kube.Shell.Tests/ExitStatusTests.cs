namespace Kube.Shell.Tests;

/// <summary>What the shell writes and exits with: by its own engine and, where there is one, by the pwsh that it starts. One table for both.</summary>
public sealed class ExitStatusTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-exit-").FullName;

    static readonly (string[] Arguments, string Script, string Input, int Status, string Output)[] Table =
    [
        (["-Command", "'one'"], "", "", 0, "one"),
        (["-Command", "exit 3"], "", "", 3, ""),
        (["-Command", "exit"], "", "", 0, ""),
        (["-Command", "& { exit 5 }"], "", "", 5, ""),
        (["-Command", "throw 'no'"], "", "", 1, ""),
        (["-Command", "Write-Error 'no'"], "", "", 1, ""),
        (["-Command", "Write-Error 'no'; 'yes'"], "", "", 0, "yes"),
        (["-Command", "Get-Nothing"], "", "", 1, ""),
        (["-Command", "if ("], "", "", 1, ""),
        (["-Command", "$null = dotnet no-such-command-at-all 2>&1"], "", "", 1, ""),
        (["-Command", "$null = dotnet no-such-command-at-all 2>&1; 'after'"], "", "", 0, "after"),
        (["-Command", "$null = dotnet no-such-command-at-all; exit $LASTEXITCODE"], "", "", 1, ""),
        (["-Command", "try { throw 'no' } catch { 'caught' }"], "", "", 0, "caught"),
        (["-Command", "$input | ForEach-Object { \"<$_>\" }"], "", "a\nb\n", 0, "<a>|<b>"),
        (["-Command", "[bool](Get-Module Kube)"], "", "", 0, "True"),
        (["-Command", "[Kube.KubePod].Name"], "", "", 0, "KubePod"),
        (["-NonInteractive", "-Command", "Read-Host x"], "", "", 1, ""),
        (["-Command", "-"], "", "'a'\n'b'\nexit 4\n'never'\n", 4, "a|b"),
        ([], "", "1 + 1\nexit 6\n", 6, "2"),
        (["-File", "SCRIPT"], "exit 9", "", 9, ""),
        (["SCRIPT"], "exit 9", "", 9, ""),
        (["-File", "SCRIPT"], "throw 'no'", "", 1, ""),
        (["-File", "SCRIPT"], "if (", "", 1, ""),
        (["-File", "SCRIPT"], "Write-Error 'no'", "", 0, ""),
        (["-File", "SCRIPT"], "dotnet no-such-command-at-all 2>&1 | Out-Null; 'x'", "", 0, "x"),
        (["-File", "SCRIPT", "-Name", "a 'b' $c", "-Flag", "-Number", "-5"], Parameters, "", 0, "a 'b' $c|True|-5"),
        (["-File", "SCRIPT", "-Name:x", "-Flag:$false"], Parameters, "", 0, "x|False|0"),
        (["-File", "SCRIPT", "by place", "7"], Parameters, "", 0, "by place|False|7"),
        (["-File", "SCRIPT", "one", "two"], "$args.Count; $args[1]", "", 0, "2|two"),
        (["-File", "SCRIPT"], "$PSScriptRoot.Length -gt 0; Split-Path $PSCommandPath -Leaf", "", 0, "True|script.ps1"),
        (["-File", "SCRIPT"], "[bool](Get-Module Kube)", "", 0, "True"),
        (["-File", "SCRIPT"], "$input | ForEach-Object { \"<$_>\" }", "a\n", 0, "<a>"),
    ];

    const string Parameters = "param([string] $Name, [int] $Number, [switch] $Flag) \"$Name|$Flag|$Number\"";

    /// <summary>Rows for what is there: pwsh's are made only where it is.</summary>
    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var engine in ShellProcess.Pwsh is null ? ["hosted"] : new[] { "hosted", "pwsh" })
        {
            for (var index = 0; index < Table.Length; index++) cases.Add(engine, index);
        }
        return cases;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_exits_as_pwsh_does(string engine, int index)
    {
        var (arguments, script, input, status, output) = Table[index];
        var path = Path.Combine(_folder, "script.ps1");
        await File.WriteAllTextAsync(path, script);
        string[] line = ["-NoLogo", "-NoProfile", .. arguments.Select(argument => argument == "SCRIPT" ? path : argument)];

        var ran = engine == "hosted" ? await ShellProcess.RunAsync(line, input) : await ShellProcess.RunWithPwshAsync(Path.GetDirectoryName(ShellProcess.Pwsh!)!, line, input);

        Assert.Equal((status, output), (ran.Status, string.Join('|', Plain(ran.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
    }

    /// <summary>pwsh asks terminals for their application keys even where there is none.</summary>
    static string Plain(string output) => output.Replace("\e[?1h", "").Replace("\e[?1l", "");
}
