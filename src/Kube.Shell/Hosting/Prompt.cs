using System.Management.Automation.Language;
using Kube.Shell.Editing;

namespace Kube.Shell.Hosting;

/// <summary>Reads commands, a line or more each, and runs them.</summary>
sealed class Prompt(ConsoleHost host, HostedPipeline pipeline)
{
    /// <summary>What is shown where the session's prompt function gives nothing.</summary>
    const string Fallback = "PS> ";

    HistoryFile? _file;

    /// <summary>Runs commands from a person at a terminal, or from standard input where that is redirected.</summary>
    public bool Run() => Console.IsInputRedirected ? RunInput() : RunLines(OpenTerminal(), isPrompt: true);

    /// <summary>Runs the commands of standard input.</summary>
    public bool RunInput() => RunLines(new RedirectedLineReader(Console.In, IsWhole), isPrompt: false);

    /// <summary>Whether a text can be run as it is, or wants more lines.</summary>
    public static bool IsWhole(string text)
    {
        Parser.ParseInput(text, out _, out var faults);
        return !faults.Any(fault => fault.IncompleteInput);
    }

    /// <summary>Runs until the input ends or a command says <c>exit</c>.</summary>
    bool RunLines(ILineReader lines, bool isPrompt)
    {
        var succeeded = true;
        while (host.ExitStatus is null)
        {
            var (outcome, text) = lines.Read(isPrompt ? Ask() : "");
            if (outcome == EditOutcome.Ended) break;
            if (outcome == EditOutcome.Abandoned || string.IsNullOrWhiteSpace(text)) continue;
            Keep(text);
            succeeded = pipeline.Run(text, [], remember: true);
        }
        return succeeded;
    }

    string Ask() => pipeline.Evaluate("prompt") is { Length: > 0 } prompt ? prompt : Fallback;

    ILineReader OpenTerminal()
    {
        if (!VirtualTerminal.IsAvailable) return new PlainLineReader(Console.Out, ReadKey, IsWhole);
        _file = HistoryFile.Default;
        return new LineEditor(_history = new History(Guarded(_file.Read, [])), IsWhole, pipeline.Complete);
    }

    History? _history;

    void Keep(string text)
    {
        if (_history?.Add(text) != true || SensitiveText.Holds(text)) return;
        Guarded(() => { _file?.Append(text); return true; }, false);
    }

    /// <summary>A history that cannot be kept is said once, and keeps nobody from working.</summary>
    T Guarded<T>(Func<T> action, T otherwise)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _file = null;
            host.Console.WriteWarningLine($"This session's commands are not kept: {exception.Message}");
            return otherwise;
        }
    }

    /// <summary>Ctrl+C is a key while a line is typed, and ends the command at any other time.</summary>
    static ConsoleKeyInfo ReadKey()
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }
}
