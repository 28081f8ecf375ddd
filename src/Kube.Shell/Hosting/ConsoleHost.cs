using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace Kube.Shell.Hosting;

/// <summary>The console as PowerShell's host.</summary>
sealed class ConsoleHost : PSHost
{
    /// <summary>What <c>exit</c> was given; null until then.</summary>
    public int? ExitStatus { get; private set; }

    /// <summary>What people see and type at.</summary>
    public ConsoleInterface Console { get; } = new();

    /// <summary>What a command tells the host about itself.</summary>
    public CommandReport Report { get; } = new();

    public override PSObject PrivateData => PSObject.AsPSObject(Report);
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "Kube.Shell";
    public override PSHostUserInterface UI => Console;
    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!;

    public override void EnterNestedPrompt() => throw new NotSupportedException("Kube.Shell has no nested prompt.");
    public override void ExitNestedPrompt() => throw new NotSupportedException("Kube.Shell has no nested prompt.");
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) => ExitStatus = exitCode;
}

/// <summary>What a command tells the host about itself.</summary>
public sealed class CommandReport
{
    /// <summary>Whether its last statement succeeded: <c>$?</c>, which is gone by the time that the engine returns.</summary>
    public bool Succeeded { get; set; } = true;
}
