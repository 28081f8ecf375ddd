namespace Kube.Server.Controllers;

static class ControllerOptions
{
    public static WriteOptions Write { get; } = new() { FieldManager = "kube-controller-manager" };

    public static WriteOptions WriteStatus { get; } = Write with { Subresource = "status" };
}
