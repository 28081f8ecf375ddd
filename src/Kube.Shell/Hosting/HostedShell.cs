using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Kube.Shell.Hosting;

/// <summary>The PowerShell engine in this process, for machines without pwsh.</summary>
sealed class HostedShell(string module)
{
    const string Notice = "No pwsh 7.6 or later is on PATH: this is the PowerShell engine with a handful of its cmdlets.";

    readonly ConsoleHost _host = new();

    /// <summary>Does what the command line asks, and returns the exit status.</summary>
    public int Run(ShellOptions options)
    {
        if (options.Mode == ShellMode.File && !File.Exists(options.Text))
        {
            Console.Error.WriteLine($"The script '{options.Text}' is not there.");
            return ExitStatus.BadArguments;
        }
        Console.Error.WriteLine(Notice);
        using var runspace = Open();
        using var pipeline = new HostedPipeline(runspace, _host.Console);
        var succeeded = pipeline.Run("Import-Module $args[0]", [module]) && options.Mode switch
        {
            ShellMode.Command => pipeline.Run(options.Text + "\n$Host.PrivateData.Succeeded = $?", []) && _host.Report.Succeeded,
            ShellMode.File => RunFile(pipeline, options),
            _ => new Prompt(_host, pipeline).Run(),
        };
        return _host.ExitStatus ?? (succeeded ? ExitStatus.Success : ExitStatus.Failure);
    }

    Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        }
        foreach (var (alias, command) in Aliases) state.Commands.Add(new SessionStateAliasEntry(alias, command, "", ScopedItemOptions.AllScope));
        var runspace = RunspaceFactory.CreateRunspace(_host, state);
        runspace.Open();
        return runspace;
    }

    /// <summary>pwsh's own aliases; those that are programs elsewhere exist on Windows alone, as in pwsh.</summary>
    static (string Alias, string Command)[] Aliases =>
    [
        ("select", "Select-Object"), ("measure", "Measure-Object"), ("fl", "Format-List"), ("echo", "Write-Output"), ("write", "Write-Output"), ("cd", "Set-Location"),
        .. OperatingSystem.IsWindows() ? [("sort", "Sort-Object"), ("sleep", "Start-Sleep")] : Array.Empty<(string, string)>(),
    ];

    static bool RunFile(HostedPipeline pipeline, ShellOptions options)
    {
        var path = Path.GetFullPath(options.Text);
        var script = Parser.ParseFile(path, out _, out var faults);
        if (faults.Length > 0)
        {
            foreach (var fault in faults) Console.Error.WriteLine($"{path}:{fault.Extent.StartLineNumber}:{fault.Extent.StartColumnNumber}: {fault.Message}");
            return false;
        }
        // A script block, not a file to call: its 'exit' is this process's.
        var arguments = string.Join(' ', options.Arguments.Select(Quote));
        return pipeline.Run($"& $args[0] {arguments}", [script.GetScriptBlock()]);
    }

    static string Quote(string argument) =>
        argument.Length > 1 && argument[0] == '-' && char.IsLetter(argument[1]) && argument.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or ':')
            ? argument : "'" + CodeGeneration.EscapeSingleQuotedStringContent(argument) + "'";
}
