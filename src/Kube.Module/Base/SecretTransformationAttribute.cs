using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Refuses a secret that comes as text, without repeating it: the engine's own refusal to make a SecureString of it would quote it.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null or System.Security.SecureString => inputData,
        _ => throw new ArgumentTransformationMetadataException("It is a secret and has to be a SecureString: Read-Host -AsSecureString, Get-Secret and ConvertTo-SecureString make one."),
    };
}
