namespace Kube.Shell.Tests.Commands;

/// <summary>The shell's own cmdlets beside PowerShell's: *.input is a script, *.output what pwsh shows of it. With <c>KUBE_GOLDEN=write</c> the pwsh on PATH writes the outputs anew.</summary>
public class CaseTests
{
    static readonly Lazy<Task<IReadOnlyDictionary<string, string>>> Hosted = new(() => RunAsync(ShellProcess.RunAsync));

    static string Folder => Path.Combine(ShellProcess.Root, "tests", "Kube.Shell.Tests", "Commands");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Path.Combine(Folder, "Cases"), "*.input").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_cmdlet_answers_as_in_pwsh(string name)
    {
        var golden = Path.Combine(Folder, "Cases", name + ".output");
        if (Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write") await File.WriteAllTextAsync(golden, (await Real.Value)[name]);

        Assert.Equal(await File.ReadAllTextAsync(golden), (await Hosted.Value)[name]);
    }

    static readonly Lazy<Task<IReadOnlyDictionary<string, string>>> Real = new(() => RunAsync(ShellProcess.RunPwshAsync));

    static async Task<IReadOnlyDictionary<string, string>> RunAsync(Func<IEnumerable<string>, string, Task<(int Status, string Output, string Error)>> run)
    {
        var (status, output, error) = await run(["-NoLogo", "-NoProfile", "-File", Path.Combine(Folder, "run-cases.ps1"), Path.Combine(Folder, "Cases")], "");
        Assert.Equal((0, ""), (status, error));
        return output.ReplaceLineEndings("\n").Split("=== ", StringSplitOptions.RemoveEmptyEntries).ToDictionary(part => part[..part.IndexOf('\n')], part => part[(part.IndexOf('\n') + 1)..]);
    }
}
