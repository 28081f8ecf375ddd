using System.Globalization;

namespace Kube.Module.LocalCluster;

/// <summary>How a process stands, as Linux tells it. Where nobody collects orphans, as in many containers, one that has ended keeps its number for long.</summary>
enum ProcessLife
{
    Alive,

    /// <summary>It was killed, and some of its threads and files are still there.</summary>
    Dying,

    /// <summary>Its number is all that is left.</summary>
    Gone,
}

/// <summary>Reads <c>/proc/PID/status</c>.</summary>
static class ProcessLives
{
    const ulong SigKill = 1 << 8;

    public static ProcessLife Of(int id)
    {
        try
        {
            return Read(File.ReadAllText($"/proc/{id}/status"));
        }
        catch (IOException)
        {
            return ProcessLife.Gone;
        }
    }

    /// <summary>The same from the file's text. Pure.</summary>
    public static ProcessLife Read(string status)
    {
        var fields = status.Split('\n').Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1].Trim());
        var ended = fields["State"].FirstOrDefault() is ['Z' or 'X', ..];
        // The first thread is counted until the process is collected.
        if (ended) return int.Parse(fields["Threads"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture) > 1 ? ProcessLife.Dying : ProcessLife.Gone;
        return fields["SigPnd"].Concat(fields["ShdPnd"]).Any(mask => (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & SigKill) != 0)
            ? ProcessLife.Dying : ProcessLife.Alive;
    }
}
