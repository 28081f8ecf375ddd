using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Makes an address of a text, and refuses what is none without repeating it: the engine's own refusal would quote a password in it.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class AddressTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        string text when Uri.TryCreate(text, UriKind.Absolute, out var address) => address,
        string => throw new ArgumentTransformationMetadataException("It is no address, such as https://HOST:PORT."),
        _ => inputData,
    };
}
