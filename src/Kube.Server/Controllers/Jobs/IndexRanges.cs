using System.Globalization;

namespace Kube.Server.Controllers.Jobs;

/// <summary>A set of indexes as a job's status writes it: <c>0,2-4,7</c>. Pure.</summary>
static class IndexRanges
{
    public static string Write(IEnumerable<int> indexes)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var index in indexes.Order())
            if (ranges.Count > 0 && ranges[^1].Last + 1 == index) ranges[^1] = (ranges[^1].First, index);
            else ranges.Add((index, index));
        return string.Join(",", ranges.Select(r => (r.Last - r.First) switch
        {
            0 => Text(r.First),
            1 => $"{Text(r.First)},{Text(r.Last)}",
            _ => $"{Text(r.First)}-{Text(r.Last)}",
        }));
    }

    public static IEnumerable<int> Read(string? text)
    {
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
                for (var index = first; index <= last; index++) yield return index;
        }
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
