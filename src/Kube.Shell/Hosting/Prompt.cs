using System.Management.Automation.Language;
using System.Text;

namespace Kube.Shell.Hosting;

/// <summary>Reads commands, a line or more each, and runs them.</summary>
sealed class Prompt(ConsoleHost host, HostedPipeline pipeline)
{
    /// <summary>Runs until the input ends or a command says <c>exit</c>.</summary>
    public bool Run()
    {
        var succeeded = true;
        while (host.ExitStatus is null && Read() is { } command)
        {
            if (command.Length > 0) succeeded = pipeline.Run(command, []);
        }
        return succeeded;
    }

    string? Read()
    {
        Console.Write(pipeline.Evaluate("prompt"));
        var text = new StringBuilder();
        while (Console.ReadLine() is { } line)
        {
            text.Append(line).Append('\n');
            Parser.ParseInput(text.ToString(), out _, out var faults);
            // An empty line ends what cannot be completed.
            if (!faults.Any(fault => fault.IncompleteInput) || line.Length == 0) return text.ToString().Trim();
            Console.Write(">> ");
        }
        return null;
    }
}
