using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Kube.Bench.Processes;

/// <summary>The engine of the System.Management.Automation package, in a process of this program.</summary>
sealed class HostedEngine : IEngine
{
    public string Description => "PowerShell engine " + typeof(PSObject).Assembly.GetName().Version?.ToString(3) + ", hosted";

    public (string Program, IReadOnlyList<string> Arguments) Command => (Self.Program, [.. Self.Arguments, "host"]);

    /// <summary>Runs a script in this process.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(string script, IReadOnlyList<string> arguments)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(script);
        foreach (var argument in arguments) shell.AddArgument(argument);
        try
        {
            foreach (var line in shell.Invoke()) Console.Out.WriteLine(line);
        }
        catch (RuntimeException exception)
        {
            Console.Error.WriteLine(exception.ErrorRecord);
            return 1;
        }
        foreach (var error in shell.Streams.Error) Console.Error.WriteLine(error);
        return shell.HadErrors ? 1 : 0;
    }
}
