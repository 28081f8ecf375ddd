using System.Runtime.InteropServices;
using Kube.Manifests;
using Kube.Server.Proxy;
using Kube.Yaml;

namespace Kube.Server.Hosting;

/// <summary>From a command line to an exit status: 0 done, 1 it failed, 2 the command line is wrong.</summary>
static class KubeServer
{
    public static async Task<int> MainAsync(string[] args)
    {
        YamlProvider.Use(new KubeYaml());
        Invocation invocation;
        try
        {
            invocation = CommandLine.Parse(args);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"kube-server: {e.Message}{Environment.NewLine}See kube-server --help.");
            return 2;
        }
        switch (invocation)
        {
            case Invocation.Help:
                await Console.Out.WriteLineAsync(Usage.Text);
                return 0;
            case Invocation.Version:
                await Console.Out.WriteLineAsync("kube-server " + ServerVersion.Text);
                return 0;
            case Invocation.Run { Options: { Background: true } }:
                return await BackgroundStart.RunAsync(args, Console.Error);
            case Invocation.Run(var options):
                return await RunAsync(options.LogFile, options.StartReport, (loggers, ready, stop) => new RunCommand(options, loggers).RunAsync(ready, stop));
            case Invocation.Agent { Options: { Background: true } }:
                return await BackgroundStart.RunAsync(args, Console.Error);
            case Invocation.Agent(var options):
                return await RunAsync(options.LogFile, options.StartReport, (loggers, ready, stop) => new AgentCommand(options, loggers).RunAsync(ready, stop));
            case Invocation.Proxy { Options: { Background: true } }:
                return await BackgroundStart.RunAsync(args, Console.Error);
            case Invocation.Proxy(var options):
                return await RunAsync(options.LogFile, options.StartReport, (loggers, ready, stop) => new ProxyCommand(options, loggers).RunAsync(ready, stop));
            default:
                throw new InvalidOperationException($"{invocation} has no branch here");
        }
    }

    static async Task<int> RunAsync(string? logFile, string? startReport, Func<ILoggerFactory, Action, CancellationToken, Task> run)
    {
        if (startReport is not null && !OperatingSystem.IsWindows()) ProcessSession.Leave();
        var isReady = false;
        void Ready()
        {
            isReady = true;
            if (startReport is not null) BackgroundStart.Report(startReport, "");
        }
        using var stop = new CancellationTokenSource();
        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        try
        {
            using var loggers = Loggers(logFile);
            try
            {
                await run(loggers, Ready, stop.Token);
                return 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return 0;
            }
            catch (Exception e) when (isReady)
            {
                loggers.CreateLogger("kube-server").LogCritical(e, "failed");
                return 1;
            }
        }
        catch (Exception e) when (!isReady)
        {
            // For whoever waits for it: the sentence where the cause is theirs to mend, all of it where it is ours.
            var text = "kube-server: " + (e is StartException ? e.Message : e.ToString());
            if (startReport is not null) BackgroundStart.Report(startReport, text);
            else await Console.Error.WriteLineAsync(text);
            return 1;
        }
    }

    static ILoggerFactory Loggers(string? logFile)
    {
        TextWriter output;
        try
        {
            if (logFile is not null) PrivateFile.CreateFolder(Path.GetDirectoryName(logFile)!);
            output = logFile is null ? Console.Error : new RollingFile(logFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the log file {logFile} cannot be written: {e.Message}", e);
        }
        return LoggerFactory.Create(logging => logging
            .AddProvider(new LineLoggerProvider(output))
            .AddFilter("Microsoft", LogLevel.Warning)
            // It logs whole URLs; the proxy tells of failures itself.
            .AddFilter("Yarp", LogLevel.None)
            .AddFilter("Kube", LogLevel.Information));
    }
}
