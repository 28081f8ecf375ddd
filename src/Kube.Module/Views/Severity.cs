namespace Kube.Module.Views;

/// <summary>How much a cell should catch the eye.</summary>
enum Severity
{
    /// <summary>As it should be.</summary>
    Calm,
    /// <summary>Over and done with.</summary>
    Done,
    /// <summary>On its way, or worth a look.</summary>
    Caution,
    /// <summary>Somebody has to do something.</summary>
    Trouble,
}

/// <summary>What the words of a STATUS column are worth.</summary>
static class StateSeverity
{
    const string InitPrefix = "Init:";

    /// <summary>A pod's or a container's state: what is not known to be harmless is the reason of a failure.</summary>
    public static Severity OfPod(string state)
    {
        // An init container is on its way while a figure such as 0/2 stands there; a word is its reason.
        if (state.StartsWith(InitPrefix, StringComparison.Ordinal)) return state.Length > InitPrefix.Length && char.IsAsciiDigit(state[InitPrefix.Length]) ? Severity.Caution : OfPod(state[InitPrefix.Length..]);
        return state switch
        {
            "" or "Running" => Severity.Calm,
            "Completed" or "Succeeded" => Severity.Done,
            "Pending" or "ContainerCreating" or "PodInitializing" or "NotReady" or "SchedulingGated" or "Terminating" or "Unknown" or "Waiting" => Severity.Caution,
            _ => Severity.Trouble,
        };
    }

    /// <summary>The state of any other kind, whose words are its own: only what says so is trouble.</summary>
    public static Severity Of(string state) => state switch
    {
        "Complete" or "Completed" or "Succeeded" or "SuccessCriteriaMet" or "Stopped" => Severity.Done,
        "Pending" or "Released" or "Suspended" or "Terminating" or "Unknown" => Severity.Caution,
        "FailureTarget" or "Lost" => Severity.Trouble,
        _ when state.EndsWith("Failed", StringComparison.Ordinal) || state.EndsWith("Error", StringComparison.Ordinal) || state.EndsWith("BackOff", StringComparison.Ordinal) => Severity.Trouble,
        _ => Severity.Calm,
    };

    /// <summary>A node's: what runs there is at risk unless it is ready.</summary>
    public static Severity Of(KubeNode node) =>
        !node.State.StartsWith("Ready", StringComparison.Ordinal) ? Severity.Trouble
        : node.Unschedulable || node.Pressure.Length > 0 ? Severity.Caution
        : Severity.Calm;
}
