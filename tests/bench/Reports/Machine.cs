using System.Runtime.InteropServices;
using Kube.Bench.Processes;

namespace Kube.Bench.Reports;

/// <summary>What the figures were measured on and with.</summary>
sealed record Machine(DateOnly Date, string Processor, int Processors, string System, string Runtime, string Engine, string Kubectl, string Kube, int Runs)
{
    public static async Task<Machine> DescribeAsync(Place place, int runs) => new(
        DateOnly.FromDateTime(DateTime.UtcNow), ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
        place.Engine.Description, await Processes.Kubectl.VersionAsync(), typeof(Machine).Assembly.GetName().Version!.ToString(3), runs);

    public override string ToString() => $"{Date:yyyy-MM-dd}, medians of {Runs} runs. {Processor}, {Processors} processors, {System}; {Runtime}, {Engine}, kubectl {Kubectl}, Kube {Kube}.";

    static string ProcessorName()
    {
        const string cpuInfo = "/proc/cpuinfo";
        if (!File.Exists(cpuInfo)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var line = File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
