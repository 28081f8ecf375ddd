namespace Kube.Module.Tests;

/// <summary>The real things that tests/run.sh starts. Without them a test is skipped, but never there.</summary>
static class Lab
{
    public static bool HasDocker => Environment.GetEnvironmentVariable("KUBE_LAB_DOCKER_HOST") is { Length: > 0 };

    public static string DockerHost => Need("KUBE_LAB_DOCKER_HOST");
    public static string Image => Need("KUBE_LAB_IMAGE");
    public static string PrivateImage => Need("KUBE_LAB_PRIVATE_IMAGE");
    public static string Registry => Need("KUBE_LAB_REGISTRY");
    public static string RegistryUser => Need("KUBE_LAB_REGISTRY_USER");
    public static string RegistryPassword => Need("KUBE_LAB_REGISTRY_PASSWORD");
    public static string KubernetesKubeConfig => Need("KUBE_LAB_KUBERNETES_KUBECONFIG");
    public static string KubernetesDockerHost => Need("KUBE_LAB_KUBERNETES_DOCKER_HOST");
    public static string Chromium => Need("KUBE_LAB_CHROMIUM");

    static string Need(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) return value;
        if (Environment.GetEnvironmentVariable("KUBE_LAB") == "required") Assert.Fail($"The lab gives no {variable}.");
        Assert.Skip($"This needs {variable}, which tests/run.sh provides.");
        throw new InvalidOperationException("Skipping does not return.");
    }
}
