using System.Globalization;
using System.Management.Automation.Host;
using Kube.Module.Commands;
using static Kube.Module.Views.Colour;

namespace Kube.Module.Views;

/// <summary>
/// The cells of Kube's tables that are more than a property: cut to their share of the screen, and coloured where there is trouble.
/// </summary>
public static class Cell
{
    const int NarrowScreen = 80;

    // Longer than this are only the reasons that nobody sees every day. Rows that come after the engine has sized the column still show it whole.
    const int CommonStateLength = 16;

    /// <summary>
    /// A text within its share of the screen. Without it the engine, which cuts tables at the right, would leave out whole columns for the sake of a long name.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="host">Whose screen; where it has none nothing is cut.</param>
    /// <param name="narrow">Columns for it on a screen that is 80 wide.</param>
    /// <param name="percent">Its part of what a screen has beyond 80.</param>
    public static string? Fit(string? text, PSHost? host, int narrow, int percent) =>
        text is null || Width(host) is not { } width ? text : Shorten(text, Share(width, narrow, percent), host!.UI.RawUI);

    /// <summary>A field's value as it stands.</summary>
    public static string Live(KubeFieldDifference difference) => Paint(FieldText.Of(difference.Live), Severity.Trouble);

    /// <inheritdoc cref="Live(KubeFieldDifference)"/>
    public static string Live(KubeFieldDifference difference, PSHost? host, int narrow, int percent) => Paint(Fit(FieldText.Of(difference.Live), host, narrow, percent), Severity.Trouble);

    /// <summary>A field's value as it is wanted.</summary>
    public static string Wanted(KubeFieldDifference difference) => Paint(FieldText.Of(difference.Wanted), Severity.Caution);

    /// <inheritdoc cref="Wanted(KubeFieldDifference)"/>
    public static string Wanted(KubeFieldDifference difference, PSHost? host, int narrow, int percent) => Paint(Fit(FieldText.Of(difference.Wanted), host, narrow, percent), Severity.Caution);

    /// <summary>A pod's STATUS, whole.</summary>
    public static string State(KubePod pod) => Paint(pod.State, StateSeverity.OfPod(pod.State));

    /// <summary>A pod's STATUS within its share of the screen.</summary>
    public static string State(KubePod pod, PSHost? host, int narrow, int percent) =>
        Paint(Fit(pod.State, host, narrow, percent)!.PadRight(CommonStateLength), StateSeverity.OfPod(pod.State));

    /// <summary>A node's STATUS, whole.</summary>
    public static string State(KubeNode node) => Paint(node.State, StateSeverity.Of(node));

    /// <summary>A node's STATUS within its share of the screen.</summary>
    public static string State(KubeNode node, PSHost? host, int narrow, int percent) => Paint(Fit(node.State, host, narrow, percent), StateSeverity.Of(node));

    /// <summary>A container's state, coloured by its reason.</summary>
    public static string State(KubeContainerStatus container) => Paint(container.State.ToString(), Of(container));

    /// <summary>The state of whatever has a word for it: <c>Failed</c> is trouble, <c>Pending</c> worth a look.</summary>
    public static string State(object? state) => Convert.ToString(state, CultureInfo.InvariantCulture) is { } text ? Paint(text, StateSeverity.Of(text)) : "";

    /// <summary>The state of any object, as far as it has one.</summary>
    public static string StateOf(KubeObject item) => item switch
    {
        KubePod pod => State(pod),
        KubeNode node => State(node),
        KubeNamespace place => State(place.State),
        KubeJob job => State(job.State),
        KubeDeployment deployment => Ready(deployment),
        KubeReplicationController controller => ReadyOf(controller.Ready, controller.Desired),
        KubeEvent happening => Warn(happening.Reason, happening.Type == "Warning") ?? "",
        _ => ReadyReplicas(item) ?? State(item.GetDocument().GetMap("status")?["phase"]),
    };

    /// <summary>Ready pods of those that there should be, of whatever says how many that are.</summary>
    static string? ReadyReplicas(KubeObject item)
    {
        var (spec, status) = (item.GetDocument().GetMap("spec"), item.GetDocument().GetMap("status"));
        var (wanted, ready) = item.Kind == "DaemonSet" ? (status?["desiredNumberScheduled"], status?["numberReady"]) : (spec?["replicas"], status?["readyReplicas"]);
        return wanted is int number ? ReadyOf(ready as int? ?? 0, number) : null;
    }

    static string ReadyOf(int ready, int wanted) => Paint(string.Create(CultureInfo.InvariantCulture, $"{ready}/{wanted}"), ready < wanted ? Severity.Caution : Severity.Calm);

    /// <summary>Why a container is in its state.</summary>
    public static string? Reason(KubeContainerStatus container) => container.Reason is { } reason ? Paint(reason, Of(container)) : null;

    /// <summary>Why a container is in its state, within its share of the screen.</summary>
    public static string? Reason(KubeContainerStatus container, PSHost? host, int narrow, int percent) =>
        Fit(container.Reason, host, narrow, percent) is { } reason ? Paint(reason, Of(container)) : null;

    /// <summary>A pod's READY, such as <c>1/2</c>: worth a look until it is whole, unless the pod is done.</summary>
    public static string Ready(KubePod pod) => Paint(pod.Ready, pod.ReadyContainers < pod.TotalContainers && pod.Phase != "Succeeded" ? Severity.Caution : Severity.Calm);

    /// <summary>A deployment's READY, such as <c>1/3</c>: worth a look until it is whole.</summary>
    public static string Ready(KubeDeployment deployment) => Paint(deployment.Ready, deployment.ReadyReplicas < deployment.Replicas ? Severity.Caution : Severity.Calm);

    /// <summary>Whether a container is ready.</summary>
    public static string Ready(KubeContainerStatus container) => Paint(container.Ready.ToString(), container.Ready || Of(container) == Severity.Done ? Severity.Calm : Severity.Caution);

    /// <summary>A pod's RESTARTS, such as <c>3 (5m ago)</c>.</summary>
    public static string Restarts(KubePod pod) => Paint(PodState.FormatRestarts(pod), pod.RestartCount > 0 ? Severity.Caution : Severity.Calm);

    /// <summary>A container's restarts.</summary>
    public static string Restarts(KubeContainerStatus container) => Paint(container.RestartCount.ToString(CultureInfo.InvariantCulture), container.RestartCount > 0 ? Severity.Caution : Severity.Calm);

    /// <summary>The exit code of a container, or of the attempt before the one that runs or waits.</summary>
    public static string Exit(KubeContainerStatus container) => (container.ExitCode ?? container.LastExitCode) is { } code
        ? Paint(code.ToString(CultureInfo.InvariantCulture), code != 0 ? Severity.Trouble : Severity.Calm)
        : "";

    /// <summary>How many there are of those that should be.</summary>
    public static string Count(int there, int wanted) => Paint(there.ToString(CultureInfo.InvariantCulture), there < wanted ? Severity.Caution : Severity.Calm);

    /// <summary>How long ago an event was seen last, and how often it was seen in all.</summary>
    public static string LastSeen(KubeEvent happened) => KubeAge.Since(happened.LastSeen) + (happened is { LastSeen: not null, Count: > 1 } ? string.Create(CultureInfo.InvariantCulture, $" (x{happened.Count})") : "");

    /// <summary>A text that is worth a look where something holds.</summary>
    public static string? Warn(string? text, bool holds) => text is null ? null : Paint(text, holds ? Severity.Caution : Severity.Calm);

    /// <summary>A text that is trouble where something holds.</summary>
    public static string? Alarm(string? text, bool holds) => text is null ? null : Paint(text, holds ? Severity.Trouble : Severity.Calm);

    /// <summary>A name, behind its namespace where that is not the one of the connection.</summary>
    public static string Qualified(string name, string? place, KubeConnection? connection) => IsElsewhere(place, connection) ? $"{place}/{name}" : name;

    /// <summary>The same within its share of the screen, of which a namespace leaves the name two thirds.</summary>
    public static string Qualified(string name, string? place, KubeConnection? connection, PSHost? host, int narrow, int percent)
    {
        if (Width(host) is not { } width) return Qualified(name, place, connection);
        var share = Share(width, narrow, percent);
        if (!IsElsewhere(place, connection)) return Shorten(name, share, host!.UI.RawUI);
        var shown = Shorten(place!, Math.Max(share / 3, share - 1 - name.Length), host!.UI.RawUI);
        return Shorten($"{shown}/{name}", share, host.UI.RawUI);
    }

    /// <summary>A line of a log behind its time, to the millisecond.</summary>
    public static string Timed(KubeLogLine line) => line.Timestamp is { } time ? $"{time.ToString("yyyy-MM-ddTHH:mm:ss.fffK", CultureInfo.InvariantCulture)} {line.Line}" : line.Line;

    /// <summary>A short time, such as <c>1.3 ms</c>.</summary>
    public static string? Milliseconds(TimeSpan? time) => time is { } given ? ConnectionSteps.Milliseconds(given) : null;

    /// <summary>Each step of a connection's test on a line of its own.</summary>
    public static string Steps(KubeConnectionTest test) => string.Join('\n', test.Steps.Select(step => Paint(step.ToString(), Of(step.State))));

    /// <summary>How a step of a connection's test went.</summary>
    public static string State(KubeConnectionStep step) => Paint(step.State.ToString(), Of(step.State));

    static Severity Of(KubeConnectionStepState state) => state switch
    {
        KubeConnectionStepState.Failed => Severity.Trouble,
        KubeConnectionStepState.Warning => Severity.Caution,
        KubeConnectionStepState.Skipped => Severity.Done,
        _ => Severity.Calm,
    };

    /// <summary>An address, without what is nobody's business in it.</summary>
    public static string? Address(Uri? address) => address?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    static Severity Of(KubeContainerStatus container) =>
        container.State == KubeContainerState.Running ? Severity.Calm : StateSeverity.OfPod(container.Reason ?? container.State.ToString());

    static bool IsElsewhere(string? place, KubeConnection? connection) => place is { Length: > 0 } && connection is not null && place != connection.Namespace;

    static int Share(int width, int narrow, int percent) => Math.Max(1, narrow + (width - NarrowScreen) * percent / 100);

    internal static int? Width(PSHost? host)
    {
        try
        {
            // Of a screen whose width is not known there is as much as anyone wants.
            return host?.UI?.RawUI?.BufferSize.Width is { } width and > 0 ? width : null;
        }
        catch (Exception exception) when (exception is NotImplementedException or HostException or PlatformNotSupportedException or IOException)
        {
            // The host has no screen, as in a program's own runspace, or its screen no size, as with redirected output: this is how each says so.
            return null;
        }
    }

    /// <summary>Cuts by what characters take on the screen, two columns for most of East Asia's.</summary>
    static string Shorten(string text, int width, PSHostRawUserInterface screen)
    {
        if (screen.LengthInBufferCells(text) <= width) return text;
        var kept = text.Length;
        while (kept > 0 && screen.LengthInBufferCells(text[..kept]) >= width) kept--;
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1])) kept--;
        return text[..kept] + "…";
    }
}
