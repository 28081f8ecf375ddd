namespace Kube.Shell.Tests;

public class ShellTests
{
    [Theory]
    [InlineData("'one'", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Nothing", 1)]
    [InlineData("Get-Nothing; 'yes'", 0)]
    [InlineData("& { exit 5 }", 5)]
    public async Task A_command_exits_as_in_pwsh(string command, int status) =>
        Assert.Equal(status, (await ShellProcess.RunAsync(["-Command", command])).Status);

    [Theory]
    [InlineData("-Bogus")]
    [InlineData("-File")]
    [InlineData("-File", "not-there.ps1")]
    public async Task What_cannot_be_run_is_refused(params string[] arguments)
    {
        var (status, output, error) = await ShellProcess.RunAsync(arguments);

        Assert.Equal(64, status);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task A_script_gets_its_arguments_its_folder_and_its_exit_status()
    {
        var folder = Directory.CreateTempSubdirectory("kube-shell-");
        try
        {
            var script = Path.Combine(folder.FullName, "it's a script.ps1");
            await File.WriteAllTextAsync(script, "param($Name, [switch]$Flag) \"$PSScriptRoot|$Name|$Flag\"; 1..3 | Where-Object { $_ -gt 1 } | Select-Object -First 1; exit 7");

            var (status, output, _) = await ShellProcess.RunAsync(["-File", script, "-Name", "a 'b' $c", "-Flag"]);

            Assert.Equal(7, status);
            Assert.Equal([$"{folder.FullName}|a 'b' $c|True", "2"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Errors_go_to_standard_error_and_objects_to_standard_output()
    {
        var (_, output, error) = await ShellProcess.RunAsync(["-Command", "'fine'; Write-Warning 'careful'; Write-Error 'broken'"]);

        Assert.Equal("fine", output.Trim());
        Assert.Contains("WARNING: careful", error, StringComparison.Ordinal);
        Assert.Contains("broken", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if ($true) {", "ParserError: line 1, column 12: Missing closing '}'")]
    [InlineData("'fine'\n  )", "line 2, column 3: Unexpected token ')'")]
    public async Task What_is_no_PowerShell_is_said_with_its_place(string command, string fault)
    {
        var (status, output, error) = await ShellProcess.RunAsync(["-Command", command]);

        Assert.Equal(1, status);
        Assert.Empty(output);
        Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_reads_commands_of_several_lines_until_exit()
    {
        var (status, output, _) = await ShellProcess.RunAsync([], "1+1\nif ($true) {\n'inner'\n}\nexit 4\n'never'\n");

        Assert.Equal(4, status);
        Assert.Contains("2", output, StringComparison.Ordinal);
        Assert.Contains("inner", output, StringComparison.Ordinal);
        Assert.DoesNotContain("never", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_small_cmdlets_do_what_their_models_do()
    {
        var (_, output, _) = await ShellProcess.RunAsync(["-Command",
            "[pscustomobject]@{ b = 2; a = 'x' } | ConvertTo-Json -Compress; 3,1,2 | Sort-Object -Descending | Write-Output; (1..4 | Measure-Object -Sum).Sum; (Get-Date '2026-01-02').Year; Write-Host said"]);

        Assert.Equal(["{\"b\":2,\"a\":\"x\"}", "3", "2", "1", "10", "2026", "said"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }
}
