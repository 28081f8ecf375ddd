namespace Kube.Shell.Tests;

public sealed class PwshLauncherTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-pwsh-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(new[] { "-Command", "1" }, false, "-NoLogo -ConfigurationFile C -Command 1")]
    [InlineData(new[] { "-Command", "-" }, true, "-NoLogo -ConfigurationFile C -Command -")]
    [InlineData(new[] { "-File", "a.ps1", "-Name", "x" }, false, "-NoLogo -ConfigurationFile C -File a.ps1 -Name x")]
    [InlineData(new[] { "-nop", "-noni", "-noe", "-c", "1" }, false, "-NoLogo -NonInteractive -NoProfile -NoExit -ConfigurationFile C -Command 1")]
    [InlineData(new string[0], true, "-NoLogo -ConfigurationFile C -Command -")]
    public void Pwsh_gets_our_command_line(string[] arguments, bool isInputRedirected, string expected) =>
        Assert.Equal(expected, string.Join(' ', PwshLauncher.Arguments("C", ShellOptions.Parse(arguments), isInputRedirected)));

    [Fact]
    public void At_a_terminal_pwsh_stays_and_gets_the_prompt() =>
        Assert.Equal(["-NoLogo", "-NoExit", "-ConfigurationFile", "C", "-Command", PromptScript.Text], PwshLauncher.Arguments("C", ShellOptions.Parse([]), isInputRedirected: false));

    [Fact]
    public void The_module_is_named_by_its_path() => Assert.Contains("ModulesToImport = '/it''s/Kube'", PwshLauncher.Configuration("/it's/Kube"), StringComparison.Ordinal);

    [Theory]
    [InlineData("PowerShell 7.6.0", true)]
    [InlineData("PowerShell 7.7.0-preview.1", true)]
    [InlineData("PowerShell 8.0.1", true)]
    [InlineData("PowerShell 7.5.9", false)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public async Task A_pwsh_that_is_recent_enough_takes_over(string version, bool takesOver)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs a shell script that passes for pwsh");
            return;
        }
        var pwsh = Path.Combine(_folder, "pwsh");
        await File.WriteAllTextAsync(pwsh, $"#!/bin/sh\n[ \"$1\" = -Version ] && {{ echo '{version}'; exit 0; }}\necho \"$1 $2 $4 $5\"\ncat \"$3\"\nexit 42\n");
        File.SetUnixFileMode(pwsh, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (status, output, _) = await ShellProcess.RunWithPwshAsync(_folder, ["-Command", "'hosted'"]);

        Assert.Equal(takesOver ? 42 : 0, status);
        if (!takesOver)
        {
            Assert.Equal("hosted", output.Trim());
            return;
        }
        Assert.StartsWith("-NoLogo -ConfigurationFile -Command 'hosted'", output, StringComparison.Ordinal);
        Assert.Contains($"ModulesToImport = '{Path.Combine(ShellProcess.Root, "out", "Kube")}'", output, StringComparison.Ordinal);
    }
}
