using System.Text.Json;

namespace Kube;

/// <summary>The fields of a pod's document that <see cref="PodState"/> is decided from, read in one pass.</summary>
sealed class PodFacts
{
    public string Phase { get; private set; } = "";

    public string? Reason { get; private set; }

    public bool IsDeleting { get; private init; }

    public bool IsSchedulingGated { get; private set; }

    public bool IsInitialized { get; private set; }

    public bool IsReady { get; private set; }

    public int Containers { get; private set; }

    public int InitContainers { get; private set; }

    /// <summary>The names of the restartable init containers.</summary>
    public List<string> SideCars { get; } = [];

    public List<ContainerFacts> InitStatuses { get; } = [];

    public List<ContainerFacts> Statuses { get; } = [];

    public static PodFacts Read(ObjectFields pod)
    {
        var facts = new PodFacts { IsDeleting = pod.IsDeleting };
        var spec = new Utf8JsonReader(pod.Spec.Json, JsonSlice.Options);
        if (!pod.Spec.Json.IsEmpty && Enter(ref spec)) facts.ReadSpec(ref spec);
        var status = new Utf8JsonReader(pod.Status.Json, JsonSlice.Options);
        if (!pod.Status.Json.IsEmpty && Enter(ref status)) facts.ReadStatus(ref status);
        return facts;
    }

    void ReadSpec(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("containers"u8)) Containers = Each(ref reader, static (ref r, _) => r.Skip());
            else if (reader.ValueTextEquals("initContainers"u8)) InitContainers = Each(ref reader, static (ref r, facts) => facts.ReadInitContainer(ref r));
            else reader.Skip();
        }
    }

    void ReadInitContainer(ref Utf8JsonReader reader)
    {
        string? name = null, restartPolicy = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) name = Text(ref reader);
            else if (reader.ValueTextEquals("restartPolicy"u8)) restartPolicy = Text(ref reader);
            else reader.Skip();
        }
        if (restartPolicy == "Always" && name is not null) SideCars.Add(name);
    }

    void ReadStatus(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("phase"u8)) Phase = Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("reason"u8)) Reason = Text(ref reader);
            else if (reader.ValueTextEquals("conditions"u8)) Each(ref reader, static (ref r, facts) => facts.ReadCondition(ref r));
            else if (reader.ValueTextEquals("containerStatuses"u8)) Each(ref reader, static (ref r, facts) => facts.Statuses.Add(ContainerFacts.Read(ref r)));
            else if (reader.ValueTextEquals("initContainerStatuses"u8)) Each(ref reader, static (ref r, facts) => facts.InitStatuses.Add(ContainerFacts.Read(ref r)));
            else reader.Skip();
        }
    }

    void ReadCondition(ref Utf8JsonReader reader)
    {
        bool scheduled = false, initialized = false, ready = false, holds = false, gated = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String) { reader.Skip(); continue; }
                scheduled = reader.ValueTextEquals("PodScheduled"u8);
                initialized = reader.ValueTextEquals("Initialized"u8);
                ready = reader.ValueTextEquals("Ready"u8);
            }
            else if (reader.ValueTextEquals("status"u8)) holds = Is(ref reader, "True"u8);
            else if (reader.ValueTextEquals("reason"u8)) gated = Is(ref reader, "SchedulingGated"u8);
            else reader.Skip();
        }
        IsSchedulingGated |= scheduled && gated;
        IsInitialized |= initialized && holds;
        IsReady |= ready && holds;
    }

    delegate void ReadItem(ref Utf8JsonReader reader, PodFacts facts);

    /// <summary>Reads each object of the array that is the next value, and says how many there are.</summary>
    int Each(ref Utf8JsonReader reader, ReadItem read)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return 0;
        }
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (reader.TokenType == JsonTokenType.StartObject) read(ref reader, this);
            else reader.Skip();
        }
        return count;
    }

    internal static bool Enter(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    internal static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = JsonScalar.Text(ref reader);
        reader.Skip();
        return text;
    }

    internal static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        bool same = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text);
        reader.Skip();
        return same;
    }
}
