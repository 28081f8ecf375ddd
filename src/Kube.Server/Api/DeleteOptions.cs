using System.Globalization;
using System.Text.Json.Nodes;

namespace Kube.Server.Api;

/// <summary>How to delete, from the request's body and, where there is none, its query.</summary>
sealed record DeleteOptions
{
    static readonly string[] Policies = ["Background", "Foreground", "Orphan"];

    public long? GracePeriodSeconds { get; private init; }

    /// <summary>Background, Foreground or Orphan; null leaves it to the kind.</summary>
    public string? PropagationPolicy { get; private init; }

    public string? Uid { get; private init; }

    public string? ResourceVersion { get; private init; }

    public bool DryRun { get; init; }

    public static async Task<DeleteOptions> ReadAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadDocumentAsync(request.Http, request.Services.Yaml);
        var options = body.Json.IsEmpty ? FromQuery(request.Query) : FromBody(body.Json);
        return options with { DryRun = options.DryRun || request.DryRun };
    }

    /// <summary>Options within another document; the defaults where there are none.</summary>
    /// <exception cref="StatusException">A value that none of them has.</exception>
    public static DeleteOptions FromDocument(JsonObject? document)
    {
        if (document is null)
            return new DeleteOptions();
        var options = new DeleteOptions
        {
            GracePeriodSeconds = document["gracePeriodSeconds"] is null
                ? null
                : document.Number("gracePeriodSeconds") ?? throw Failures.BadRequest("gracePeriodSeconds must be a number"),
            PropagationPolicy = document.Text("propagationPolicy") is { Length: > 0 } policy ? policy : LegacyPolicy(document["orphanDependents"]?.ToString()),
            Uid = document.Text("preconditions", "uid") is { Length: > 0 } uid ? uid : null,
            ResourceVersion = document.Text("preconditions", "resourceVersion") is { Length: > 0 } version ? version : null,
            DryRun = RequestOptions.ReadDryRun("DELETE", [.. (document["dryRun"] as JsonArray ?? []).Select(v => v?.ToString() ?? "")]),
        };
        return options.Checked(document["orphanDependents"] is not null && document.Text("propagationPolicy").Length > 0);
    }

    DeleteOptions Checked(bool policyIsSaidTwice)
    {
        if (policyIsSaidTwice)
        {
            throw Failures.InvalidOption("DeleteOptions",
                new StatusCause("FieldValueInvalid", $"Invalid value: \"{PropagationPolicy}\": orphanDependents and deletionPropagation cannot be both set", "propagationPolicy"));
        }

        if (PropagationPolicy is { } policy && !Policies.Contains(policy))
        {
            throw Failures.InvalidOption("DeleteOptions",
                new StatusCause("FieldValueNotSupported", $"Unsupported value: \"{policy}\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"", "propagationPolicy"));
        }

        return this;
    }

    static DeleteOptions FromQuery(IQueryCollection query) => new DeleteOptions
    {
        GracePeriodSeconds = query["gracePeriodSeconds"].FirstOrDefault() is { Length: > 0 } grace
            ? long.TryParse(grace, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : throw Failures.BadRequest($"strconv.ParseInt: parsing \"{grace}\": invalid syntax")
            : null,
        PropagationPolicy = query["propagationPolicy"].FirstOrDefault() is { Length: > 0 } policy ? policy : LegacyPolicy(query["orphanDependents"].FirstOrDefault()),
    }.Checked(query["propagationPolicy"].Count > 0 && query["orphanDependents"].Count > 0);

    static DeleteOptions FromBody(ReadOnlyMemory<byte> json)
    {
        var body = JsonText.ParseObject(json, "the body of a deletion");
        if (body["kind"] is not null && body.Text("kind") != "DeleteOptions")
            throw Failures.BadRequest($"the body of a deletion must be DeleteOptions, not {body.Text("kind")}");
        return FromDocument(body);
    }

    static string? LegacyPolicy(string? orphanDependents) => orphanDependents switch
    {
        "true" => "Orphan",
        "false" => "Background",
        _ => null,
    };
}
