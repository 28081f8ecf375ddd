using System.Text.Json;

namespace Kube;

/// <summary>The fields of one container status that decide about its pod.</summary>
struct ContainerFacts
{
    public string? Name { get; private set; }

    public int RestartCount { get; private set; }

    public bool Ready { get; private set; }

    public bool Started { get; private set; }

    public bool IsWaiting { get; private set; }

    public bool IsRunning { get; private set; }

    public bool IsTerminated { get; private set; }

    /// <summary>Of the waiting or terminated state.</summary>
    public string? Reason { get; private set; }

    public int ExitCode { get; private set; }

    public int Signal { get; private set; }

    /// <summary>When the attempt before this one ended, in ticks of UTC; 0 where it is unknown.</summary>
    public long LastFinished { get; private set; }

    public static ContainerFacts Read(ref Utf8JsonReader reader)
    {
        var facts = new ContainerFacts();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) facts.Name = PodFacts.Text(ref reader);
            else if (reader.ValueTextEquals("restartCount"u8)) facts.RestartCount = Int(ref reader);
            else if (reader.ValueTextEquals("ready"u8)) facts.Ready = True(ref reader);
            else if (reader.ValueTextEquals("started"u8)) facts.Started = True(ref reader);
            else if (reader.ValueTextEquals("state"u8)) facts.ReadState(ref reader);
            else if (reader.ValueTextEquals("lastState"u8)) facts.ReadLastState(ref reader);
            else reader.Skip();
        }
        return facts;
    }

    void ReadState(ref Utf8JsonReader reader)
    {
        if (!PodFacts.Enter(ref reader)) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("waiting"u8)) IsWaiting = ReadReason(ref reader);
            else if (reader.ValueTextEquals("terminated"u8)) IsTerminated = ReadReason(ref reader);
            else if (reader.ValueTextEquals("running"u8))
            {
                reader.Read();
                IsRunning = reader.TokenType == JsonTokenType.StartObject;
                reader.Skip();
            }
            else reader.Skip();
        }
    }

    bool ReadReason(ref Utf8JsonReader reader)
    {
        if (!PodFacts.Enter(ref reader)) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reason"u8)) Reason = PodFacts.Text(ref reader);
            else if (reader.ValueTextEquals("exitCode"u8)) ExitCode = Int(ref reader);
            else if (reader.ValueTextEquals("signal"u8)) Signal = Int(ref reader);
            else reader.Skip();
        }
        return true;
    }

    void ReadLastState(ref Utf8JsonReader reader)
    {
        if (!PodFacts.Enter(ref reader)) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("terminated"u8)) { reader.Skip(); continue; }
            if (!PodFacts.Enter(ref reader)) continue;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("finishedAt"u8)) { reader.Skip(); continue; }
                reader.Read();
                LastFinished = JsonScalar.UtcTicks(ref reader);
                reader.Skip();
            }
        }
    }

    static int Int(ref Utf8JsonReader reader)
    {
        reader.Read();
        int number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : 0;
        reader.Skip();
        return number;
    }

    static bool True(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool truth = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return truth;
    }
}
