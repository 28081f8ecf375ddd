namespace Kube.Bench;

/// <summary>Measures a benchmark's subjects in turn, round after round, so that whatever else the machine does meets all of them alike.</summary>
static class Runner
{
    public static async Task<IReadOnlyList<Reading>> RunAsync(IBenchmark benchmark, Place place, int runs, TextWriter progress)
    {
        await progress.WriteLineAsync($"{benchmark.Name}: preparing");
        await using var setup = await benchmark.PrepareAsync(place);
        var samples = setup.Subjects.ToDictionary(subject => subject.Name, _ => new List<Sample>());
        // The round before the first fills the system's caches and does not count.
        for (var run = 0; run <= runs; run++)
        {
            await progress.WriteLineAsync($"{benchmark.Name}: {(run == 0 ? "warming up" : $"run {run} of {runs}")}");
            foreach (var subject in setup.Subjects)
            {
                var sample = await subject.MeasureAsync();
                if (run > 0) samples[subject.Name].Add(sample);
            }
        }
        var measured = samples.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<Sample>)pair.Value);
        return [.. benchmark.Figures.Select(figure => Reading.Of(benchmark, figure, measured))];
    }
}
