namespace Kube;

/// <summary>The bytes of an object. Extensions, because PowerShell shows and converts every property that an object itself has, and bytes are not for people.</summary>
public static class KubeObjectJson
{
    extension(KubeObject source)
    {
        /// <summary>The document, UTF-8, with every change made to it.</summary>
        public ReadOnlyMemory<byte> Json => source.Fields.Json;

        /// <summary>The document as it was read, UTF-8.</summary>
        public ReadOnlyMemory<byte> OriginalJson => source.Original.Json;
    }
}
