namespace Kube.Server.Kinds;

/// <summary>A column of kubectl's table.</summary>
/// <param name="Name">The heading; kubectl prints it in capitals.</param>
/// <param name="Type">The JSON type of its cells: <c>string</c>, <c>integer</c>, <c>boolean</c>.</param>
/// <param name="Priority">0: always shown; 1: with <c>-o wide</c>.</param>
internal sealed record TableColumn(string Name, string Type = "string", int Priority = 0)
{
    public static TableColumn ObjectName { get; } = new("Name") { Format = "name" };

    public static TableColumn Age { get; } = new("Age");

    public string Format { get; init; } = "";

    /// <summary>What it says, for people; no quotes.</summary>
    public string Description { get; init; } = "";
}
