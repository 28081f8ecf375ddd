using System.Text;
using System.Text.Json;

namespace Kube.Server.Api.Apply;

/// <summary>Who a request says that it comes from: its <c>fieldManager</c>, else what its user agent begins with.</summary>
static class RequestManager
{
    const int Longest = 128;

    /// <exception cref="StatusException">Invalid: the parameter is no name for a manager.</exception>
    public static Manager Read(ApiRequest request, ManagerOperation operation)
    {
        var given = request.Query["fieldManager"].FirstOrDefault() ?? "";
        if (Encoding.UTF8.GetByteCount(given) > Longest)
            throw Invalid(request, "fieldManager", "FieldValueTooLong", $"Too long: may not be more than {Longest} bytes");
        if (given.FirstOrDefault(c => !IsPrintable(c)) is not '\0' and var bad)
            throw Invalid(request, "fieldManager", "FieldValueInvalid", $"Invalid value: {JsonSerializer.Serialize(given, JsonText.NodeOptions)}: invalid character U+{(int)bad:X4} (at position {given.IndexOf(bad)})");
        if (operation == ManagerOperation.Apply && given.Length == 0)
            throw Invalid(request, "fieldManager", "FieldValueRequired", "Required value: is required for apply patch");
        return new Manager(given.Length > 0 ? given : FromUserAgent(request.Http.Request.Headers.UserAgent.ToString()), operation, request.Kind.ApiVersion, request.Path.Subresource);
    }

    /// <summary>Whether an apply may take what others own.</summary>
    /// <exception cref="StatusException">Invalid: only an apply has conflicts to force.</exception>
    public static bool ReadForce(ApiRequest request, bool applies)
    {
        if (request.Query["force"].FirstOrDefault() is not { } text)
            return false;
        if (!applies)
            throw Invalid(request, "force", "FieldValueForbidden", "Forbidden: may not be specified for non-apply patch");
        return text is not ("false" or "0" or "f" or "F" or "FALSE" or "False");
    }

    static string FromUserAgent(string agent)
    {
        var name = new StringBuilder();
        var length = 0;
        foreach (var rune in agent.Split('/')[0].EnumerateRunes())
        {
            if (rune.Value < 0x10000 && !IsPrintable((char)rune.Value))
                continue;
            if ((length += rune.Utf8SequenceLength) > Longest)
                break;
            name.Append(rune);
        }

        return name.ToString();
    }

    static bool IsPrintable(char c) => !char.IsControl(c) && (c == ' ' || !char.IsWhiteSpace(c));

    static StatusException Invalid(ApiRequest request, string field, string reason, string message) =>
        Failures.InvalidOption(RequestOptions.Kind(request.Http.Request.Method), new StatusCause(reason, message, field));
}
