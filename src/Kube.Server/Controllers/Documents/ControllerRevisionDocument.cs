using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>A template as it once was.</summary>
sealed record ControllerRevisionDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public JsonElement Data { get; init; }

    public long Revision { get; init; }
}
