namespace Kube;

/// <summary>What the server prints of an object. Extensions, because PowerShell shows and converts every property that an object itself has.</summary>
public static class KubeObjectColumns
{
    extension(KubeObject source)
    {
        /// <summary>The server's columns for the kind, where they were asked for (<see cref="KubeApi.PrinterColumns"/>); else empty.</summary>
        public IReadOnlyList<KubeColumn> Columns => source.Row?.Columns ?? [];

        /// <summary>
        /// The value of one of the <see cref="Columns"/> as it was when the object was read: an int, long, double, bool or string, or null. A column of the type
        /// <c>date</c> is a <see cref="DateTime"/> in local time: the document's own where the column says which field it shows, else the server's age, as exact as that is printed.
        /// </summary>
        /// <param name="index">Which column.</param>
        public object? GetCell(int index) => source.Row?.Value(source, index);
    }
}
