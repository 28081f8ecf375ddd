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
        if (options is { Mode: ShellMode.File, IsInput: false } && !File.Exists(options.Text))
        {
            Console.Error.WriteLine($"The script '{options.Text}' is not there.");
            return ExitStatus.BadArguments;
        }
        if (!options.NoLogo) Console.Error.WriteLine(Notice);
        _host.Console.IsNonInteractive = options.NonInteractive;
        using var runspace = Open();
        using var pipeline = new HostedPipeline(runspace, _host.Console);
        var prompt = new Prompt(_host, pipeline);
        var succeeded = pipeline.Run("Import-Module $args[0] -ErrorAction Stop", [module]);
        if (succeeded)
        {
            if (!options.NoProfile) RunProfiles(pipeline);
            pipeline.Run(PromptScript.Text, []);
            succeeded = options switch
            {
                _ when _host.ExitStatus is not null => true,
                { IsInput: true } => prompt.RunInput(),
                { Mode: ShellMode.Command } => RunCommand(pipeline, options.Text),
                { Mode: ShellMode.File } => RunFile(pipeline, options),
                _ => prompt.Run(),
            };
            if (options.NoExit && _host.ExitStatus is null) succeeded = prompt.Run();
        }
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
        foreach (var (alias, command) in Aliases.All) state.Commands.Add(new SessionStateAliasEntry(alias, command, "", ScopedItemOptions.AllScope));
        state.Variables.Add(new SessionStateVariableEntry("PROFILE", Profiles.Variable, ""));
        var runspace = RunspaceFactory.CreateRunspace(_host, state);
        runspace.Open();
        return runspace;
    }

    void RunProfiles(HostedPipeline pipeline)
    {
        foreach (var path in Profiles.Paths.Where(File.Exists))
        {
            if (_host.ExitStatus is null) pipeline.Run(". $args[0]", [path]);
        }
    }

    /// <summary>A command has failed, too, when its last statement did.</summary>
    bool RunCommand(HostedPipeline pipeline, string text) =>
        pipeline.Run(text + "\n$Host.PrivateData.Succeeded = $?", [], input: InputFor(Parser.ParseInput(text, out _, out _))) && _host.Report.Succeeded;

    bool RunFile(HostedPipeline pipeline, ShellOptions options)
    {
        var path = Path.GetFullPath(options.Text);
        var script = Parser.ParseFile(path, out _, out var faults);
        if (faults.Length > 0)
        {
            foreach (var fault in faults) Console.Error.WriteLine($"{path}:{fault.Extent.StartLineNumber}:{fault.Extent.StartColumnNumber}: {fault.Message}");
            return false;
        }
        // A script block, not a file to call: its 'exit' is this process's.
        var input = InputFor(script);
        return pipeline.Run($"{(input is null ? "" : "$input | ")}& $args[0] {ScriptArguments.ToText(options.Arguments)}", [script.GetScriptBlock()], input: input);
    }

    /// <summary>Standard input for a script that wants it; it may never end, so that no other waits for it.</summary>
    static TextReader? InputFor(ScriptBlockAst script) =>
        Console.IsInputRedirected && (script.ProcessBlock is not null || script.Find(part => part is VariableExpressionAst { VariablePath.UserPath: "input" }, searchNestedScriptBlocks: true) is not null)
            ? Console.In : null;
}
