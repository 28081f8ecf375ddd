using System.Globalization;
using System.Text;
using Kube.Server.Api;

namespace Kube.Server.Streams;

/// <summary>How a command ended, in the words that Kubernetes' clients read.</summary>
/// <param name="Failure">Null where all is well.</param>
readonly record struct CommandOutcome(Status? Failure)
{
    public static CommandOutcome Success { get; } = new(null);

    public static CommandOutcome Exited(int exitCode) => exitCode == 0 ? Success : new(
        new Status(500, "NonZeroExitCode", string.Create(CultureInfo.InvariantCulture, $"command terminated with non-zero exit code: exit status {exitCode}"))
        {
            Details = new StatusDetails { Causes = [new("ExitCode", exitCode.ToString(CultureInfo.InvariantCulture))] },
        });

    public static CommandOutcome Failed(string why) => new(Failures.Internal(why).Status);

    /// <summary>A <c>Status</c>, as protocols from the fourth version on have it.</summary>
    public byte[] ToStatus() => Failure?.ToJson() ?? """{"metadata":{},"status":"Success"}"""u8.ToArray();

    /// <summary>A sentence where something is wrong, as the first protocols have it.</summary>
    public byte[] ToText() => Failure is null ? [] : Encoding.UTF8.GetBytes(Failure.Message);
}
