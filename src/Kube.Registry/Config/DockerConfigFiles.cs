namespace Kube.Registry;

/// <summary>
/// Docker's configuration as it stands on the disk now: each <see cref="Read"/> looks at the files' stamps and reads again what has
/// changed, appeared or been replaced. Safe for use by several threads.
/// </summary>
/// <param name="locations">Where to look.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class DockerConfigFiles(DockerConfigLocations locations, TimeProvider? time = null)
{
    const int MaximumBytes = 4 * 1024 * 1024;

    // A file system's clock may tick this slowly: a file that was changed so shortly before it was read can change again under the same stamp.
    static readonly TimeSpan ClockTick = TimeSpan.FromSeconds(2);

    readonly TimeProvider _clock = time ?? TimeProvider.System;
    readonly Lock _gate = new();
    readonly Dictionary<string, Reading> _readings = [];

    /// <summary>The first file that is there and can be parsed, with the warnings about those before it; an empty one, with source "", where there is none.</summary>
    public DockerConfig Read()
    {
        lock (_gate)
        {
            var skipped = new List<string>();
            foreach (var file in locations.Files())
            {
                var reading = ReadFile(file);
                if (reading.Config is { } config)
                    return skipped.Count == 0 ? config : config with { Warnings = [.. skipped, .. config.Warnings] };
                if (reading.Failure is { } failure)
                    skipped.Add(failure);
            }
            return new DockerConfig { Source = "", Warnings = skipped };
        }
    }

    Reading ReadFile(DockerConfigFile file)
    {
        var stamp = FileStamp.Of(file.Path);
        var now = _clock.GetUtcNow();
        if (_readings.TryGetValue(file.Path, out var known) && known.Stamp == stamp && known.IsSettled)
            return known;

        var reading = stamp is null ? new Reading(null, null, null, true) : Load(file, stamp, now);
        _readings[file.Path] = reading;
        return reading;
    }

    static Reading Load(DockerConfigFile file, FileStamp stamp, DateTimeOffset now)
    {
        var settled = now - stamp.Written > ClockTick;
        try
        {
            if (stamp.Length > MaximumBytes)
                throw new FormatException($"{file.Path}: larger than {MaximumBytes / 1024 / 1024} MB");
            var config = DockerConfig.Parse(File.ReadAllBytes(file.Path), file.Path, file.Format);
            // Many programs call their settings config.json; one in the folder that somebody happens to be in must not hide the user's credentials.
            return new Reading(stamp, file.MayBeAnothers && !config.IsDockers ? null : config, null, settled);
        }
        catch (FileNotFoundException)
        {
            return new Reading(null, null, null, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Reading(stamp, null, $"{file.Path}: cannot be read: {exception.Message}", false);
        }
        catch (FormatException exception)
        {
            return new Reading(stamp, null, exception.Message, settled);
        }
    }

    sealed record Reading(FileStamp? Stamp, DockerConfig? Config, string? Failure, bool IsSettled);
}
