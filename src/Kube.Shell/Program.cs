using Kube.Shell;
using Kube.Shell.Hosting;

ShellOptions options;
try
{
    options = ShellOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(ShellOptions.Usage);
    return ExitStatus.BadArguments;
}
if (options.Mode == ShellMode.Help)
{
    Console.Out.WriteLine(ShellOptions.Usage);
    return ExitStatus.Success;
}
if (options.Mode == ShellMode.Version)
{
    Console.Out.WriteLine($"Kube.Shell {typeof(ShellOptions).Assembly.GetName().Version!.ToString(3)}");
    return ExitStatus.Success;
}

var module = ModuleLocation.Find();
return PwshLauncher.Find() is { } pwsh ? PwshLauncher.Run(pwsh, module, options) : new HostedShell(module).Run(options);
