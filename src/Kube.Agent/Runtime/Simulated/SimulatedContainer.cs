using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kube.Agent.Runtime.Simulated;

/// <summary>A container that is only a time-table: what it is follows from the clock. Not thread-safe.</summary>
sealed class SimulatedContainer(string id, string name, ContainerIdentity identity, IReadOnlyDictionary<string, string> labels, SimulatedScript script, DateTimeOffset createdAt)
{
    // 128 and the number of the signal, as a shell would show it.
    const int Terminated = 143;
    const int Killed = 137;
    const int NanosecondsPerMillisecond = 1_000_000;

    const int NumberDigits = 8;

    int _exitCode;
    byte[]? _numbered;
    DateTimeOffset? _endsAt;

    public string Id => id;

    public string Name => name;

    public ContainerIdentity Identity => identity;

    public SimulatedScript Script => script;

    public string ImageId { get; init; } = "";

    public string? Address { get; init; }

    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it will have ended, as things stand; null: never.</summary>
    public DateTimeOffset? EndsAt => _endsAt;

    public RuntimeState StateAt(DateTimeOffset now) =>
        StartedAt is null ? RuntimeState.Created : _endsAt is { } end && end <= now ? RuntimeState.Exited : RuntimeState.Running;

    public void Start(DateTimeOffset now)
    {
        StartedAt = now;
        _endsAt = now + script.RunFor;
        _exitCode = script.ExitCode;
    }

    public void Stop(DateTimeOffset now, TimeSpan grace)
    {
        var killed = grace == TimeSpan.Zero || script.StopDelay > grace;
        var stopsAt = now + (killed ? grace : script.StopDelay);
        if (StateAt(now) != RuntimeState.Running || _endsAt <= stopsAt)
            return;
        _endsAt = stopsAt;
        _exitCode = identity.IsSandbox ? 0 : killed ? Killed : Terminated;
    }

    public RuntimeContainer At(DateTimeOffset now)
    {
        var state = StateAt(now);
        return new RuntimeContainer(id, labels, state)
        {
            CreatedAt = createdAt,
            StartedAt = StartedAt,
            FinishedAt = state == RuntimeState.Exited ? _endsAt : null,
            ExitCode = state == RuntimeState.Exited ? _exitCode : 0,
            ImageId = ImageId,
            Address = state == RuntimeState.Running ? Address : null,
        };
    }

    /// <summary>What it has used by a time; null where it does not run then.</summary>
    public RuntimeUsage? UsageAt(DateTimeOffset now) =>
        StateAt(now) == RuntimeState.Running ? new RuntimeUsage(now, (long)((now - StartedAt!.Value).TotalMilliseconds * (double)script.Cores * NanosecondsPerMillisecond), script.MemoryBytes) : null;

    /// <summary>How many lines it has written by a time.</summary>
    public int LogCountAt(DateTimeOffset now) =>
        identity.IsSandbox || StartedAt is null ? 0 : 1 + script.LogLines + (StateAt(now) == RuntimeState.Exited ? 1 : 0);

    /// <summary>One of those lines, counted from 0: one when it starts, those that it is told to write, and one when it ends.</summary>
    public LogFrame LogLine(int number) => number switch
    {
        0 => new LogFrame(false, StartedAt!.Value, Line($"{identity.Container} of {identity.Namespace}/{identity.Pod} started, attempt {identity.Attempt}")),
        _ when number <= script.LogLines => new LogFrame(false, StartedAt!.Value.AddTicks(number), Numbered(number)),
        _ => new LogFrame(_exitCode != 0, _endsAt!.Value, Line($"{identity.Container} ended with exit code {_exitCode}")),
    };

    /// <summary>Its description in the form of Docker's inspect.</summary>
    public ReadOnlyMemory<byte> Describe(DateTimeOffset now)
    {
        var container = At(now);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Id", id);
            json.WriteString("Created", createdAt.UtcDateTime);
            json.WriteString("Name", "/" + name);
            json.WriteString("Image", ImageId);
            json.WriteStartObject("State");
            json.WriteString("Status", container.State switch { RuntimeState.Created => "created", RuntimeState.Running => "running", _ => "exited" });
            json.WriteBoolean("Running", container.State == RuntimeState.Running);
            json.WriteBoolean("OOMKilled", false);
            json.WriteNumber("ExitCode", container.ExitCode);
            json.WriteString("Error", "");
            json.WriteString("StartedAt", (container.StartedAt ?? default).UtcDateTime);
            json.WriteString("FinishedAt", (container.FinishedAt ?? default).UtcDateTime);
            json.WriteEndObject();
            json.WriteStartObject("Config");
            WriteStrings(json, "Env", Environment.Select(e => $"{e.Name}={e.Value}"));
            WriteStrings(json, "Cmd", Arguments);
            json.WriteStartObject("Labels");
            foreach (var (label, value) in labels)
                json.WriteString(label, value);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    static void WriteStrings(Utf8JsonWriter json, string property, IEnumerable<string> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    // There may be millions of them.
    byte[] Numbered(int number)
    {
        _numbered ??= Line($"{0:D8} of {script.LogLines} lines that {identity.Container} of {identity.Namespace}/{identity.Pod} is told to write, attempt {identity.Attempt}").ToArray();
        var line = _numbered.AsSpan().ToArray();
        for (var digit = NumberDigits - 1; number > 0; digit--, number /= 10) line[digit] = (byte)('0' + number % 10);
        return line;
    }

    static ReadOnlyMemory<byte> Line(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
