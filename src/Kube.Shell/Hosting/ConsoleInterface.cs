using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using Kube.Shell.Editing;

namespace Kube.Shell.Hosting;

/// <summary>Writes to the console, errors and warnings to standard error, and asks on a terminal alone.</summary>
sealed class ConsoleInterface : PSHostUserInterface
{
    /// <summary>The length of the progress line that stands on the terminal; 0: there is none.</summary>
    int _progress;

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleScreen();

    /// <summary>Whether nobody is to be asked, terminal or not.</summary>
    public bool IsNonInteractive { get; set; }

    public override bool SupportsVirtualTerminal => VirtualTerminal.IsAvailable;

    public override void Write(string value)
    {
        ClearProgress();
        Console.Out.Write(Rendered(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
    public override void WriteLine(string value)
    {
        ClearProgress();
        Console.Out.WriteLine(Rendered(value));
    }

    public override void WriteErrorLine(string value) => Report(GetOutputString(value, !Console.IsErrorRedirected));
    public override void WriteDebugLine(string message) => Report("DEBUG: " + message);
    public override void WriteVerboseLine(string message) => Report("VERBOSE: " + message);
    public override void WriteWarningLine(string message) => Report("WARNING: " + message);

    /// <summary>One line that is written over, on a terminal; redirected output has no progress.</summary>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (Console.IsErrorRedirected) return;
        ClearProgress();
        if (record.RecordType == ProgressRecordType.Completed) return;
        var text = $"{record.Activity}: {record.StatusDescription}";
        _progress = Math.Min(text.Length, Math.Max(20, RawUI.BufferSize.Width - 1));
        Console.Error.Write("\r" + text[.._progress] + "\r");
    }

    /// <summary>Takes the progress line away: something else is to stand there, or the command that wrote it was stopped.</summary>
    public void ClearProgress()
    {
        if (_progress == 0) return;
        Console.Error.Write("\r" + new string(' ', _progress) + "\r");
        _progress = 0;
    }

    public override string ReadLine()
    {
        RequireTerminal();
        return Console.ReadLine() ?? "";
    }

    public override SecureString ReadLineAsSecureString()
    {
        RequireTerminal();
        var secret = new SecureString();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) secret.AppendChar(key.KeyChar);
            else if (secret.Length > 0) secret.RemoveAt(secret.Length - 1);
        }
        Console.WriteLine();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            Console.Write(field.Name + ": ");
            answers[field.Name] = PSObject.AsPSObject(field.ParameterTypeName == nameof(SecureString) ? ReadLineAsSecureString() : ReadLine());
        }
        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        while (true)
        {
            Console.Write(string.Join("  ", choices.Select(choice => $"[{KeyOf(choice)}] {choice.Label.Replace("&", "")}")) + (defaultChoice >= 0 ? $" (default is \"{KeyOf(choices[defaultChoice])}\"): " : ": "));
            var answer = Console.ReadLine();
            if (answer is null || (answer.Length == 0 && defaultChoice >= 0)) return defaultChoice;
            for (var index = 0; index < choices.Count; index++)
            {
                if (answer.Equals(KeyOf(choices[index]), StringComparison.OrdinalIgnoreCase) || answer.Equals(choices[index].Label.Replace("&", ""), StringComparison.OrdinalIgnoreCase)) return index;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Console.Write("User: ");
            userName = ReadLine();
        }
        Console.Write($"Password for {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    void Report(string line)
    {
        ClearProgress();
        Console.Error.WriteLine(line);
    }

    /// <summary>Escape sequences are for a terminal alone, and as $PSStyle.OutputRendering says.</summary>
    string Rendered(string value) => GetOutputString(value, SupportsVirtualTerminal);

    static string KeyOf(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&');
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label[(mark + 1)..(mark + 2)] : choice.Label;
    }

    static void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) Console.WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) Console.WriteLine(message);
    }

    void RequireTerminal()
    {
        if (IsNonInteractive) throw new HostException("The shell was started with -NonInteractive: nobody is asked.");
        if (Console.IsInputRedirected) throw new HostException("Standard input is no terminal: nobody is there to be asked.");
    }
}
