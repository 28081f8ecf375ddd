using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Custom;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api;

/// <summary>Turns a request's document into one that fits its kind, or says why it does not.</summary>
static class ObjectDecoder
{
    /// <summary>Reads the document of a create or a replacement.</summary>
    /// <exception cref="StatusException">BadRequest: no JSON, another kind, a value of the wrong type, or, if strict, an unknown field.</exception>
    public static JsonObject Decode(ApiRequest request, ReadOnlyMemory<byte> json) => Decode(request, request.Kind, json);

    /// <param name="kind">The kind of the document where it is not the resource's own, as for some subresources.</param>
    public static JsonObject Decode(ApiRequest request, KindDefinition kind, ReadOnlyMemory<byte> json)
    {
        var directive = FieldValidationRules.Read(request.Http.Request);
        using var document = Parse(json);
        CheckKind(request, kind, document.RootElement);
        var decoded = Decode(request, kind, document.RootElement, out var faults);
        return faults.Count == 0
            ? decoded
            : Judge(request, directive, decoded, faults, () => CannotBeHandled(kind, "strict decoding error: " + string.Join(", ", faults)));
    }

    /// <summary>Reads a document that is applied: as the client said it, nulls and zeros included.</summary>
    /// <param name="refuse">Makes the failure of unknown fields, which nobody could own, where the client is not strict itself.</param>
    public static JsonObject DecodeApplied(ApiRequest request, ReadOnlyMemory<byte> json, Func<IEnumerable<string>, StatusException> refuse)
    {
        var (kind, directive) = (request.Kind, FieldValidationRules.Read(request.Http.Request));
        using var document = Parse(json);
        foreach (var field in (ReadOnlySpan<string>)["kind", "apiVersion"])
        {
            if (Text(document.RootElement, field).Length == 0)
                throw Failures.BadRequest($"error decoding YAML: Object '{(field == "kind" ? "Kind" : field)}' is missing in '{document.RootElement.GetRawText()}'");
        }

        CheckKind(request, kind, document.RootElement);
        if (kind is { Schema: null, Custom: null })
            return JsonText.ParseObject(json, "the body");
        try
        {
            var decoded = Read(kind, document.RootElement, verbatim: true, out var faults);
            if (faults.Count == 0)
                return decoded;
            throw directive == FieldValidation.Strict
                ? CannotBeHandled(kind, "strict decoding error: " + string.Join(", ", faults))
                : refuse(faults.Select(f => f.Split('"') is ["unknown field ", var path, _] ? $".{path}: field not declared in schema" : f));
        }
        catch (DecodeException e)
        {
            throw CannotBeHandled(kind, e.Message);
        }
    }

    /// <summary>Reads what a patch has made.</summary>
    /// <exception cref="StatusException">Invalid, as the document itself was none of the client's doing.</exception>
    public static JsonObject DecodePatched(ApiRequest request, JsonNode? patched)
    {
        var directive = FieldValidationRules.Read(request.Http.Request);
        var json = JsonSerializer.SerializeToUtf8Bytes(patched, JsonText.NodeOptions);
        using var document = JsonDocument.Parse(json);
        try
        {
            CheckKind(request, request.Kind, document.RootElement);
            var decoded = Decode(request, request.Kind, document.RootElement, out var faults);
            return faults.Count == 0 ? decoded : Judge(request, directive, decoded, faults, () => Unpatchable("strict decoding error: " + string.Join(", ", faults)));
        }
        catch (DecodeException e)
        {
            throw Unpatchable(e.Message);
        }

        StatusException Unpatchable(string why)
        {
            var cause = new StatusCause("FieldValueInvalid", $"Invalid value: {JsonSerializer.Serialize(System.Text.Encoding.UTF8.GetString(json), JsonText.NodeOptions)}: {why}", "patch");
            return new StatusException(new Status(422, "Invalid", $" \"\" is invalid: {cause.Field}: {cause.Message}") { Details = new StatusDetails { Causes = [cause] } });
        }
    }

    static JsonObject Judge(ApiRequest request, FieldValidation directive, JsonObject decoded, IReadOnlyList<string> faults, Func<StatusException> refuse)
    {
        switch (directive)
        {
            case FieldValidation.Strict:
                throw refuse();
            case FieldValidation.Warn:
                FieldValidationRules.Warn(request.Http.Response, faults);
                break;
        }

        return decoded;
    }

    static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw Failures.BadRequest("the body must be a JSON object");
        }
        catch (JsonException e)
        {
            throw Failures.BadRequest($"the body is not valid JSON: {e.Message}");
        }
    }

    static JsonObject Decode(ApiRequest request, KindDefinition kind, JsonElement element, out IReadOnlyList<string> strictFaults)
    {
        if (kind is { Schema: null, Custom: null })
        {
            strictFaults = [];
            return JsonText.ParseObject(System.Text.Encoding.UTF8.GetBytes(element.GetRawText()), "the body");
        }

        try
        {
            return Read(kind, element, verbatim: false, out strictFaults);
        }
        catch (DecodeException e) when (request.Http.Request.Method != "PATCH")
        {
            throw CannotBeHandled(kind, e.Message);
        }
    }

    static JsonObject Read(KindDefinition kind, JsonElement element, bool verbatim, out IReadOnlyList<string> faults)
    {
        if (kind.Custom is { } custom)
            return CustomDecoder.Read(element, custom, verbatim, out faults);
        var decoder = new SchemaDecoder { Verbatim = verbatim };
        var decoded = decoder.ReadObject(element, kind.Schema!);
        faults = decoder.StrictFaults;
        return decoded;
    }

    // What a document leaves out is taken from the URL.
    static void CheckKind(ApiRequest request, KindDefinition kind, JsonElement root)
    {
        if (kind.Custom is not null)
        {
            CheckCustomKind(request, kind, root);
            return;
        }

        var sentKind = Text(root, "kind") is { Length: > 0 } k ? k : kind.Kind;
        var sentVersion = Text(root, "apiVersion") is { Length: > 0 } v ? v : kind.ApiVersion;
        if (sentKind == kind.Kind && sentVersion == kind.ApiVersion)
            return;
        var known = request.Services.Kinds.Kinds.FirstOrDefault(other => other.Kind == sentKind && other.ApiVersion == sentVersion);
        var why = known is null
            ? $"no kind \"{sentKind}\" is registered for version \"{sentVersion}\""
            : $"the document is a {known.QualifiedKind}, the resource holds {kind.QualifiedKind}";
        throw Failures.BadRequest($"{sentKind} in version \"{sentVersion[(sentVersion.LastIndexOf('/') + 1)..]}\" cannot be handled as a {kind.Kind}: {why}");
    }

    // Documents of custom kinds say themselves what they are.
    static void CheckCustomKind(ApiRequest request, KindDefinition kind, JsonElement root)
    {
        foreach (var field in (ReadOnlySpan<string>)["kind", "apiVersion"])
        {
            if (Text(root, field).Length == 0)
                throw CannotBeHandled(kind, $"Object '{(field == "kind" ? "Kind" : field)}' is missing in '{root.GetRawText()}'");
        }

        if (Text(root, "apiVersion") is var version && version != kind.ApiVersion)
            throw Failures.BadRequest($"the API version in the data ({version}) does not match the expected API version ({kind.ApiVersion})");
        if (Text(root, "kind") is var sent && sent != kind.Kind)
        {
            var name = root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, "name") : request.Path.Name;
            throw Failures.Invalid(kind, name, [new StatusCause("FieldValueInvalid", $"Invalid value: \"{sent}\": must be {kind.Kind}", "kind")]);
        }
    }

    static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    static StatusException CannotBeHandled(KindDefinition kind, string why) =>
        Failures.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
}
