namespace Kube.Bench;

/// <summary>One question of speed: what is measured side by side, and what is read off it.</summary>
interface IBenchmark
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>The question, as a heading.</summary>
    string Title { get; }

    IReadOnlyList<Figure> Figures { get; }

    /// <summary>Starts what the measuring needs. It is gone when what is returned is disposed of.</summary>
    /// <exception cref="BenchException">Something that it needs is not there.</exception>
    Task<Setup> PrepareAsync(Place place);
}

/// <summary>What is measured, in turn, and what keeps it possible.</summary>
sealed record Setup(IReadOnlyList<Subject> Subjects, IAsyncDisposable? Needs = null) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Needs?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>One of the things that are measured side by side: Kube, or a peer.</summary>
/// <param name="Name">As figures and reports name it.</param>
/// <param name="MeasureAsync">Measures it once.</param>
sealed record Subject(string Name, Func<Task<Sample>> MeasureAsync);
