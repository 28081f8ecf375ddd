using System.Text;

namespace Kube.Server.Api;

/// <summary>What becomes of unknown and duplicate fields: the query's <c>fieldValidation</c>.</summary>
enum FieldValidation
{
    Warn,
    Strict,
    Ignore,
}

/// <summary>Reads the parameter and carries it out.</summary>
static class FieldValidationRules
{
    /// <exception cref="StatusException">Invalid: no such directive.</exception>
    public static FieldValidation Read(HttpRequest request) => request.Query["fieldValidation"].FirstOrDefault() switch
    {
        null or "" or "Warn" => FieldValidation.Warn,
        "Strict" => FieldValidation.Strict,
        "Ignore" => FieldValidation.Ignore,
        var other => throw Unsupported(request.Method, other),
    };

    /// <summary>Adds one <c>Warning</c> header for each fault. Answers that have started take no more.</summary>
    public static void Warn(HttpResponse response, IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            var text = string.Concat(fault.Select(c => c is '"' or '\\' ? $"\\{c}" : c is < ' ' or > '~' ? "?" : c.ToString()));
            var header = $"299 - \"{text}\"";
            if (!response.Headers.Warning.Contains(header))
                response.Headers.Append("Warning", header);
        }
    }

    static StatusException Unsupported(string method, string value) => Failures.InvalidOption(RequestOptions.Kind(method),
        new StatusCause("FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: \"Ignore\", \"Strict\", \"Warn\"", "fieldValidation"));
}
