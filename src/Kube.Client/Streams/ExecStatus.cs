using System.Globalization;
using System.Text.Json;
using static Kube.JsonFields;

namespace Kube.Streams;

/// <summary>Reads how a command has ended out of the <c>Status</c> that comes last.</summary>
static class ExecStatus
{
    /// <summary>The exit code; null where the command was not run, and the status says why.</summary>
    public static int? ReadExitCode(ReadOnlyMemory<byte> status)
    {
        try
        {
            using var document = JsonDocument.Parse(status);
            var root = document.RootElement;
            if (Text(root, "status") == "Success") return 0;
            if (Text(root, "reason") != "NonZeroExitCode" || !root.TryGetProperty("details", out var details)) return null;
            foreach (var cause in Items(details, "causes"))
                if (Text(cause, "reason") == "ExitCode" && int.TryParse(Text(cause, "message"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)) return code;
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
