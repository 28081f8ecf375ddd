namespace Kube.Agent.Status;

/// <summary>Kubernetes' words for why a container waits or has ended, and why a pod or condition is as it is.</summary>
static class Reasons
{
    public const string ContainerCreating = "ContainerCreating";
    public const string PodInitializing = "PodInitializing";
    public const string CrashLoopBackOff = "CrashLoopBackOff";
    public const string CreateContainerConfigError = "CreateContainerConfigError";
    public const string CreateContainerError = "CreateContainerError";
    public const string RunContainerError = "RunContainerError";
    public const string PostStartHookError = "PostStartHookError";
    public const string ErrImagePull = "ErrImagePull";
    public const string ImagePullBackOff = "ImagePullBackOff";
    public const string ErrImageNeverPull = "ErrImageNeverPull";
    public const string InvalidImageName = "InvalidImageName";
    public const string ImageInspectError = "ImageInspectError";

    public const string Completed = "Completed";
    public const string Error = "Error";
    public const string OomKilled = "OOMKilled";
    public const string ContainerCannotRun = "ContainerCannotRun";
    public const string ContainerStatusUnknown = "ContainerStatusUnknown";

    public const string DeadlineExceeded = "DeadlineExceeded";
    public const string ContainersNotReady = "ContainersNotReady";
    public const string ContainersNotInitialized = "ContainersNotInitialized";
    public const string ReadinessGatesNotReady = "ReadinessGatesNotReady";
    public const string PodCompleted = "PodCompleted";
    public const string PodFailed = "PodFailed";
}
