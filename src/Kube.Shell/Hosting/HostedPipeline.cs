using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Kube.Shell.Commands;
using Kube.Shell.Editing;

namespace Kube.Shell.Hosting;

/// <summary>Runs one command after another in a runspace, showing what it writes; Ctrl+C ends the command alone.</summary>
sealed class HostedPipeline : IDisposable
{
    readonly Runspace _runspace;
    readonly ConsoleInterface _console;
    Pipeline? _running;

    public HostedPipeline(Runspace runspace, ConsoleInterface console)
    {
        _runspace = runspace;
        _console = console;
        Console.CancelKeyPress += Stop;
    }

    /// <summary>Runs a script, and returns false where a terminating error or Ctrl+C ended it.</summary>
    /// <param name="script">The script's text.</param>
    /// <param name="arguments">Its <c>$args</c>.</param>
    /// <param name="remember">Whether Get-History is to list it.</param>
    /// <param name="input">What it gets as <c>$input</c>, line by line.</param>
    public bool Run(string script, IReadOnlyList<object> arguments, bool remember = false, TextReader? input = null)
    {
        using var pipeline = remember ? _runspace.CreatePipeline(script, addToHistory: true) : _runspace.CreatePipeline();
        if (!remember)
        {
            var command = new Command(script, isScript: true, useLocalScope: false);
            foreach (var argument in arguments) command.Parameters.Add(null, argument);
            pipeline.Commands.Add(command);
        }
        var show = new Command("Out-Default");
        show.MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output;
        pipeline.Commands.Add(show);
        _running = pipeline;
        try
        {
            Invoke(pipeline, input);
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

    /// <summary>Runs a script and returns its output as one text; empty where it fails.</summary>
    public string Evaluate(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        try
        {
            return string.Concat(shell.AddScript(script).Invoke().Select(item => item?.ToString()));
        }
        catch (RuntimeException exception)
        {
            Show(exception.ErrorRecord);
            return "";
        }
    }

    /// <summary>What may stand at a place of a text, as the session's own TabExpansion2 has it; nothing where that fails.</summary>
    public Completions Complete(string text, int cursor)
    {
        using var shell = PowerShell.Create(_runspace);
        try
        {
            shell.AddCommand("TabExpansion2").AddParameter("inputScript", text).AddParameter("cursorColumn", cursor);
            if (shell.Invoke() is not [{ BaseObject: CommandCompletion found }] || found.ReplacementIndex < 0) return Completions.None;
            return new Completions(found.ReplacementIndex, found.ReplacementLength, [.. found.CompletionMatches.Select(match => new Completion(match.CompletionText, match.ListItemText))]);
        }
        catch (RuntimeException)
        {
            // Tab that finds nothing beats a message in the midst of the line.
            return Completions.None;
        }
    }

    /// <summary>Shows an error as PowerShell shows its own.</summary>
    public void Show(ErrorRecord error)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").Invoke(new[] { EngineFormatting.AsError(error) });
    }

    public void Dispose() => Console.CancelKeyPress -= Stop;

    static void Invoke(Pipeline pipeline, TextReader? input)
    {
        if (input is null)
        {
            pipeline.Invoke();
            return;
        }
        // The reading cannot be stopped: it is left to itself when the pipeline ends before the input does.
        new Thread(() => Feed(pipeline.Input, input)) { IsBackground = true }.Start();
        using var ended = new ManualResetEventSlim();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped) ended.Set();
        };
        pipeline.InvokeAsync();
        ended.Wait();
        if (pipeline.PipelineStateInfo.Reason is { } reason) throw reason;
    }

    static void Feed(PipelineWriter pipeline, TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line) pipeline.Write(line);
            pipeline.Close();
        }
        catch (PipelineClosedException)
        {
            // The command has ended and wants no more.
        }
    }

    void Stop(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = true;
        _running?.StopAsync();
    }
}
