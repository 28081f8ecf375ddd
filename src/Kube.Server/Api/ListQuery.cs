using System.Globalization;
using Kube.Server.Api.Selectors;
using Kube.Server.Kinds;

namespace Kube.Server.Api;

/// <summary>The options of a list, watch or deletecollection, checked as Kubernetes checks them.</summary>
sealed record ListQuery
{
    static readonly KindDefinition OptionsKind = new("meta.k8s.io", "v1", "ListOptions", "listoptions");

    public LabelSelector Labels { get; private init; } = LabelSelector.Everything;

    public FieldSelector Fields { get; private init; } = FieldSelector.Everything;

    /// <summary>0 or less: no limit.</summary>
    public long Limit { get; private init; }

    public string Continue { get; private init; } = "";

    /// <summary>As sent: empty, <c>0</c> or a number.</summary>
    public string ResourceVersion { get; private init; } = "";

    /// <summary>Empty, <c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public string ResourceVersionMatch { get; private init; } = "";

    public bool? SendInitialEvents { get; private init; }

    public bool AllowWatchBookmarks { get; private init; }

    public TimeSpan? Timeout { get; private init; }

    /// <summary>The version as a number; null for none or <c>0</c>, which both leave the choice to the server.</summary>
    public long? Revision { get; private init; }

    public bool Selects => !Labels.IsEverything || !Fields.IsEverything;

    public static bool IsWatch(IQueryCollection query) => query.ContainsKey("watch") && ReadBool(query, "watch") == true;

    /// <exception cref="StatusException">An option is malformed, or two contradict each other.</exception>
    public static ListQuery Read(IQueryCollection query, KindDefinition kind, string name = "", bool watch = false)
    {
        var read = new ListQuery
        {
            Labels = LabelSelector.Parse(Text(query, "labelSelector")),
            Fields = FieldSelector.Parse(Text(query, "fieldSelector"), kind, name),
            Limit = ReadNumber(query, "limit") ?? 0,
            Continue = Text(query, "continue"),
            ResourceVersion = Text(query, "resourceVersion"),
            ResourceVersionMatch = Text(query, "resourceVersionMatch"),
            SendInitialEvents = ReadBool(query, "sendInitialEvents"),
            AllowWatchBookmarks = ReadBool(query, "allowWatchBookmarks") == true,
            Timeout = ReadNumber(query, "timeoutSeconds") is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)) : null,
            Revision = ReadRevision(Text(query, "resourceVersion")),
        };
        read.Check(watch);
        return read;
    }

    static string Text(IQueryCollection query, string name) => query[name].FirstOrDefault() ?? "";

    static long? ReadRevision(string text)
    {
        if (text is "" or "0")
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw Failures.BadRequest($"invalid resource version: strconv.ParseUint: parsing \"{text}\": invalid syntax");
    }

    static long? ReadNumber(IQueryCollection query, string name)
    {
        var text = Text(query, name);
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failures.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }

    // Whatever is said, and even nothing, means true, unless it is one of two.
    static bool? ReadBool(IQueryCollection query, string name) =>
        query.ContainsKey(name) ? Text(query, name) is not "0" and var text && !text.Equals("false", StringComparison.OrdinalIgnoreCase) : null;

    void Check(bool watch)
    {
        var causes = new List<StatusCause>();
        void Forbid(string field, string why) => causes.Add(new("FieldValueForbidden", $"Forbidden: {why}", field));

        if (ResourceVersionMatch.Length > 0)
        {
            if (watch && SendInitialEvents is null)
                Forbid("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            if (!watch && ResourceVersion.Length == 0)
                Forbid("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
            if (Continue.Length > 0)
                Forbid("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
            if (ResourceVersionMatch is not ("Exact" or "NotOlderThan"))
            {
                causes.Add(new("FieldValueNotSupported",
                    $"Unsupported value: \"{ResourceVersionMatch}\": supported values: \"Exact\", \"NotOlderThan\", \"\"", "resourceVersionMatch"));
            }

            if (ResourceVersionMatch == "Exact" && ResourceVersion == "0")
                Forbid("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }

        if (SendInitialEvents is not null && !watch)
            Forbid("sendInitialEvents", "sendInitialEvents is forbidden for list");
        if (SendInitialEvents is not null && watch && ResourceVersionMatch != "NotOlderThan")
            Forbid("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        if (causes.Count > 0)
            throw Failures.Invalid(OptionsKind, "", causes);
        if (Continue.Length > 0 && ResourceVersion is not ("" or "0"))
            throw Failures.BadRequest("specifying resource version is not allowed when using continue");
    }
}
