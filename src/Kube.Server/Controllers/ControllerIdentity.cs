namespace Kube.Server.Controllers;

/// <summary>Who acts: the component that events name, and the kind of object that it acts for.</summary>
sealed record ControllerIdentity(string Component, KubeResource Resource)
{
    public string ApiVersion => Resource.Group.Length == 0 ? Resource.Version : Resource.Group + "/" + Resource.Version;

    public string Kind => Resource.Kind;
}
