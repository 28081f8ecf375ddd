namespace Kube.Server.Kinds;

/// <summary>A column of kubectl's table.</summary>
/// <param name="Name">The heading; kubectl prints it in capitals.</param>
/// <param name="Type">The JSON type of its cells: <c>string</c>, <c>integer</c>, <c>boolean</c>.</param>
/// <param name="Priority">0: always shown; 1: with <c>-o wide</c>.</param>
sealed record TableColumn(string Name, string Type = "string", int Priority = 0)
{
    public static TableColumn ObjectName { get; } = new("Name") { Format = "name", Cell = static row => TableCells.Name(row.Item) };

    public static TableColumn Age { get; } = new("Age") { Cell = TableCells.Age };

    public static TableColumn CreatedAt { get; } = Text("Created At", "metadata", "creationTimestamp") with { Type = "date" };

    /// <summary>Shown with <c>-o wide</c> alone.</summary>
    public TableColumn Wide => this with { Priority = 1 };

    public string Format { get; init; } = "";

    /// <summary>What it says, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its cell in an object's row: text, a number, a boolean, or null for none. Not asked where the kind makes the whole row at once.</summary>
    public Func<RowSource, object?> Cell { get; init; } = static _ => null;

    /// <summary>A column whose cells take more than one field.</summary>
    public static TableColumn Of(string name, Func<RowSource, object?> cell, string type = "string") => new(name, type) { Cell = cell };

    /// <summary>A column that shows a text; empty where it is missing.</summary>
    public static TableColumn Text(string name, params string[] path) => new(name) { Cell = row => TableCells.Text(row.Item, path) };

    /// <summary>A column that shows a text; <c>&lt;none&gt;</c> where it is missing.</summary>
    public static TableColumn TextOrNone(string name, params string[] path) => new(name) { Cell = row => TableCells.OrNone(TableCells.Text(row.Item, path)) };

    /// <summary>A column that shows a whole number; 0 where it is missing.</summary>
    public static TableColumn Number(string name, params string[] path) => new(name, "integer") { Cell = row => TableCells.Number(row.Item, path) };

    /// <summary>A column that counts the entries of a list or map.</summary>
    public static TableColumn Count(string name, params string[] path) => new(name) { Cell = row => TableCells.Count(row.Item, path) };
}
