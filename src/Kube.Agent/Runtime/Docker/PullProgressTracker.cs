using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// Adds up a pull's messages, in the order of their arrival: an image's layers load side by side, each with its own numbers. <c>Progress&lt;T&gt;</c> would lose
/// that order.
/// </summary>
sealed class PullProgressTracker(IProgress<PullProgress> progress) : IProgress<JSONMessage>
{
    readonly Dictionary<string, (long Completed, long Total)> _layers = [];

    /// <summary>The engine's error within the stream; null: none.</summary>
    public string? Error { get; private set; }

    /// <inheritdoc/>
    public void Report(JSONMessage message)
    {
        if (message.Error is { } error)
        {
            Error = error.Message;
            return;
        }
        if (message.ID is { Length: > 0 } layer)
        {
            var (completed, total) = _layers.GetValueOrDefault(layer);
            if (message.Status == "Downloading" && message.Progress is { } numbers)
                (completed, total) = (numbers.Current ?? completed, numbers.Total ?? total);
            else if (message.Status is "Download complete" or "Pull complete" or "Already exists")
                completed = total;
            _layers[layer] = (completed, total);
        }
        progress.Report(new PullProgress(message.Status ?? "", _layers.Values.Sum(l => l.Completed), _layers.Values.Sum(l => l.Total)));
    }
}
