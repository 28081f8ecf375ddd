using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Kube.Shell.Hosting;

/// <summary>Runs one command after another in a runspace, showing what it writes; Ctrl+C ends the command alone.</summary>
sealed class HostedPipeline : IDisposable
{
    readonly Runspace _runspace;
    readonly ConsoleInterface _console;
    Pipeline? _running;

    public HostedPipeline(Runspace runspace, ConsoleInterface console)
    {
        this._runspace = runspace;
        this._console = console;
        Console.CancelKeyPress += Stop;
    }

    /// <summary>Runs a script, and returns false where a terminating error or Ctrl+C ended it.</summary>
    public bool Run(string script, IReadOnlyList<object> arguments)
    {
        using var pipeline = _runspace.CreatePipeline();
        var command = new Command(script, isScript: true, useLocalScope: false);
        foreach (var argument in arguments) command.Parameters.Add(null, argument);
        pipeline.Commands.Add(command);
        var show = new Command("Out-Default");
        show.MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output;
        pipeline.Commands.Add(show);
        _running = pipeline;
        try
        {
            pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (ParseException)
        {
            // The engine shows nothing of it outside of pwsh.
            Parser.ParseInput(script, out _, out var faults);
            foreach (var fault in faults) _console.WriteErrorLine($"ParserError: line {fault.Extent.StartLineNumber}, column {fault.Extent.StartColumnNumber}: {fault.Message}");
            return false;
        }
        catch (RuntimeException exception)
        {
            Show(exception.ErrorRecord);
            return false;
        }
        finally
        {
            _running = null;
            _console.ClearProgress();
        }
    }

    /// <summary>Runs a script and returns its output as one text.</summary>
    public string Evaluate(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        return string.Concat(shell.AddScript(script).Invoke().Select(item => item?.ToString()));
    }

    public void Dispose() => Console.CancelKeyPress -= Stop;

    void Show(ErrorRecord error)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").Invoke(new[] { new PSObject(error) });
    }

    void Stop(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = true;
        _running?.StopAsync();
    }
}
