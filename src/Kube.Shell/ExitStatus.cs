namespace Kube.Shell;

/// <summary>Exit statuses, as pwsh has them.</summary>
static class ExitStatus
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int BadArguments = 64;
}
