namespace Kube.Server.Kinds.Schemas;

/// <summary>A text with a fixed set of values.</summary>
sealed record EnumSchema(string Name, IReadOnlyList<string> Values);
