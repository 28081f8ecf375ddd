namespace Kube.Registry;

/// <summary>Who to be at a registry. Its text form shows no secret.</summary>
/// <param name="Registry">The registry's key as configured, such as <c>ghcr.io</c> or <c>https://index.docker.io/v1/</c>.</param>
/// <param name="UserName">The user; <c>&lt;token&gt;</c> with an identity token.</param>
/// <param name="Source">Where it came from: a file's path, a helper's name, a secret's <c>namespace/name</c>.</param>
public sealed record RegistryCredential(string Registry, string UserName, string Source);
