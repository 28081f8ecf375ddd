using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Kube.Module.Tests;

/// <summary>A runspace of the real engine with the module imported as it is laid out, and a screen to look at.</summary>
public sealed class ModuleSession : IDisposable
{
    const int Attempts = 20;

    readonly Runspace _runspace;

    public ModuleSession(int width = 80, bool canPrompt = false)
    {
        Screen = new Screen(width, canPrompt);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = Open(state);
        Run("$ErrorView = 'NormalView'; $PSStyle.OutputRendering = 'PlainText'");
        Run("Import-Module $args[0]", Path.Combine(ModulePath, "Kube.psd1"));
    }

    /// <summary>The folder that the build lays the module out in.</summary>
    public static string ModulePath => Path.Combine(RepositoryRoot, "out", "Kube");

    /// <summary>The folder with Kube.psd1.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>What a person would have seen.</summary>
    public Screen Screen { get; }

    /// <summary>The errors of the last <see cref="Run"/> that did not end it.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The other streams of the last <see cref="Run"/>: warnings, verbose, debug and information, as text.</summary>
    public IReadOnlyList<string> Messages { get; private set; } = [];

    /// <summary>Runs a script and returns its output.</summary>
    /// <exception cref="RuntimeException">A terminating error.</exception>
    public Collection<PSObject> Run(string script, params object?[] arguments)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false);
        foreach (var argument in arguments) shell.AddArgument(argument);
        try
        {
            return shell.Invoke();
        }
        finally
        {
            Errors = [.. shell.Streams.Error];
            Messages = [.. shell.Streams.Warning.Select(record => record.Message), .. shell.Streams.Verbose.Select(record => record.Message), .. shell.Streams.Debug.Select(record => record.Message), .. shell.Streams.Information.Select(record => record.ToString())];
        }
    }

    /// <summary>Runs a script, ends it as Ctrl+C does once something has happened, and returns how long the end took.</summary>
    public async Task<TimeSpan> InterruptAsync(string script, Func<Task> happens)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false);
        var run = shell.BeginInvoke();
        await happens();
        Assert.False(run.IsCompleted, script + " has ended by itself.");
        var watch = Stopwatch.StartNew();
        shell.Stop();
        return watch.Elapsed;
    }

    /// <summary>Runs a script that must write exactly one object.</summary>
    public PSObject RunForOne(string script, params object?[] arguments) => Assert.Single(Run(script, arguments));

    /// <summary>Runs a script that must end in a terminating error, and returns it.</summary>
    public ErrorRecord RunForError(string script, params object?[] arguments) =>
        // Outside of a try a cmdlet's terminating error ends its statement alone, and the engine reports it like any other.
        Assert.ThrowsAny<RuntimeException>(() => Run($"try {{ {script} }} catch {{ throw }}", arguments)).ErrorRecord;

    /// <summary>Runs a script as a prompt would and returns what appears on the screen.</summary>
    public string Show(string script, params object?[] arguments)
    {
        Screen.Clear();
        Run($"& {{ {script} }} @args | Out-Default", arguments);
        return Screen.Text;
    }

    public void Dispose() => _runspace.Dispose();

    // The engine makes its drives of what is mounted as it opens. Where containers come and go at that moment the list cannot be read, and there is no '/' then.
    Runspace Open(InitialSessionState state)
    {
        for (var attempt = 1; ; attempt++)
        {
            var runspace = RunspaceFactory.CreateRunspace(new ScreenHost(Screen), state);
            runspace.Open();
            if (attempt == Attempts || runspace.SessionStateProxy.Drive.GetAll().Any(drive => drive.Root == Path.GetPathRoot(AppContext.BaseDirectory))) return runspace;
            runspace.Dispose();
        }
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kube.psd1"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("The folder with Kube.psd1 is not above " + AppContext.BaseDirectory);
    }
}
