namespace Kube.Shell.Tests;

public class ShellOptionsTests
{
    [Theory]
    [InlineData(new string[0], "Interactive||")]
    [InlineData(new[] { "-Command", "1", "+", "1" }, "Command|1 + 1|")]
    [InlineData(new[] { "-c", "1" }, "Command|1|")]
    [InlineData(new[] { "--command", "1" }, "Command|1|")]
    [InlineData(new[] { "-File", "a.ps1", "-Command", "x" }, "File|a.ps1|-Command x")]
    [InlineData(new[] { "a.ps1", "-Help" }, "File|a.ps1|-Help")]
    [InlineData(new[] { "-" }, "File|-|")]
    [InlineData(new[] { "-c", "-" }, "Command|-|")]
    [InlineData(new[] { "-?" }, "Help||")]
    [InlineData(new[] { "-HELP" }, "Help||")]
    [InlineData(new[] { "-v" }, "Version||")]
    [InlineData(new[] { "-NoLogo", "-nop", "-noni", "-noe", "-c", "1" }, "Command|1|")]
    public void The_command_line_is_pwshs(string[] arguments, string expected)
    {
        var options = ShellOptions.Parse(arguments);

        Assert.Equal(expected, $"{options.Mode}|{options.Text}|{string.Join(' ', options.Arguments)}");
        var isAll = arguments.Length > 4 && arguments[0] == "-NoLogo";
        Assert.Equal((isAll, isAll, isAll, isAll), (options.NoLogo, options.NoProfile, options.NonInteractive, options.NoExit));
    }

    [Theory]
    [InlineData("-Bogus", "-Bogus")]
    [InlineData("-no", "-no")]
    [InlineData("-x", "-x")]
    [InlineData("-EncodedCommand", "-EncodedCommand")]
    [InlineData("-Command", "-Command needs")]
    [InlineData("-f", "-File needs")]
    public void What_is_not_known_is_refused_by_name(string argument, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => ShellOptions.Parse([argument])).Message, StringComparison.Ordinal);
}
