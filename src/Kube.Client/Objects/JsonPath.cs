using System.Globalization;
using System.Text.Json;

namespace Kube;

/// <summary>
/// A path into a document, as printer columns and <c>kubectl wait --for=jsonpath</c> write it: <c>.spec.size</c>, <c>.metadata.annotations.a\.b</c>, <c>['a.b']</c>, <c>[0]</c>, <c>[-1]</c>, <c>[*]</c> and
/// <c>[?(@.type=="Ready")]</c>, <c>[?(@.port==80)]</c>. Slices, unions, descent and other comparisons are refused by name. A path may stand in braces (<c>{.spec.size}</c>) and begin with <c>$</c>.
/// </summary>
public sealed class JsonPath
{
    readonly IReadOnlyList<Step> _steps;

    JsonPath(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is no such path; the message says why.</exception>
    public static JsonPath Parse(string text)
    {
        if (text is ['{', .., '}'])
            text = text[1..^1];
        if (text is ['$', .. var rest])
            text = rest;
        var at = 0;
        var steps = ParseSteps(text, ref at, static c => false);
        return steps.Count > 0 ? new JsonPath(steps) : throw new FormatException("the path is empty");
    }

    /// <summary>What the path leads to, in order; nothing where it leads nowhere.</summary>
    public IEnumerable<JsonElement> Find(JsonElement item) => Follow([item], _steps);

    static IEnumerable<JsonElement> Follow(IEnumerable<JsonElement> from, IReadOnlyList<Step> steps) =>
        steps.Aggregate(from, static (found, step) => found.SelectMany(step.Take));

    static List<Step> ParseSteps(string text, ref int at, Func<char, bool> ends)
    {
        var steps = new List<Step>();
        while (at < text.Length && !ends(text[at]))
        {
            switch (text[at])
            {
                case '.' when at + 1 < text.Length && text[at + 1] == '.':
                    throw new FormatException($"recursive descent (..) at {at} is not supported");
                case '.':
                    at++;
                    steps.Add(new Step.Field(ParseName(text, ref at, ends)));
                    break;
                case '[':
                    at++;
                    steps.Add(ParseBracket(text, ref at));
                    break;
                default:
                    throw new FormatException($"a step must begin with . or [, not with {text[at]} at {at}");
            }
        }

        return steps;
    }

    static string ParseName(string text, ref int at, Func<char, bool> ends)
    {
        var name = new System.Text.StringBuilder();
        for (; at < text.Length && text[at] is not ('.' or '[') && !ends(text[at]); at++)
        {
            if (text[at] == '\\' && ++at == text.Length)
                throw new FormatException("the path ends with a backslash");
            name.Append(text[at]);
        }

        return name.Length > 0 ? name.ToString() : throw new FormatException($"a name is missing at {at}");
    }

    static Step ParseBracket(string text, ref int at)
    {
        Step step;
        if (text.AsSpan(at).StartsWith("?("))
        {
            at += 2;
            step = ParseFilter(text, ref at);
        }
        else if (at < text.Length && text[at] is '\'' or '"')
        {
            step = new Step.Field(ParseQuoted(text, ref at));
        }
        else
        {
            var end = text.IndexOf(']', at);
            var inner = end < 0 ? throw Open() : text[at..end];
            at = end;
            step = inner == "*" ? new Step.Every()
                : int.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? new Step.Item(index)
                : throw new FormatException($"[{inner}] is not supported");
        }

        Expect(text, ref at, "]");
        return step;
    }

    static Step.Filter ParseFilter(string text, ref int at)
    {
        Expect(text, ref at, "@");
        var steps = ParseSteps(text, ref at, static c => c is '=' or '!' or '<' or '>' or ' ' or ')');
        SkipSpaces(text, ref at);
        if (!text.AsSpan(at).StartsWith("=="))
            throw new FormatException($"a filter compares with == alone (at {at})");
        at += 2;
        SkipSpaces(text, ref at);
        var isText = at < text.Length && text[at] is '\'' or '"';
        var wanted = isText ? ParseQuoted(text, ref at) : ParseLiteral(text, ref at);
        SkipSpaces(text, ref at);
        Expect(text, ref at, ")");
        return new Step.Filter(steps, wanted, isText);
    }

    // A number, true or false.
    static string ParseLiteral(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '.' or '+'))
            at++;
        var literal = text[from..at];
        return literal is "true" or "false" || double.TryParse(literal, CultureInfo.InvariantCulture, out _)
            ? literal
            : throw new FormatException($"a filter compares with a quoted text, a number, true or false (at {from})");
    }

    static string ParseQuoted(string text, ref int at)
    {
        var end = text.IndexOf(text[at], at + 1);
        var quoted = end < 0 ? throw Open() : text[(at + 1)..end];
        at = end + 1;
        return quoted;
    }

    static void SkipSpaces(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }

    static void Expect(string text, ref int at, string what)
    {
        if (!text.AsSpan(at).StartsWith(what))
            throw new FormatException($"{what} is missing at {at}");
        at += what.Length;
    }

    static FormatException Open() => new("a bracket or a quote is not closed");

    abstract record Step
    {
        public abstract IEnumerable<JsonElement> Take(JsonElement item);

        internal sealed record Field(string Name) : Step
        {
            public override IEnumerable<JsonElement> Take(JsonElement item) =>
                item.ValueKind == JsonValueKind.Object && item.TryGetProperty(Name, out var value) ? [value] : [];
        }

        internal sealed record Item(int Index) : Step
        {
            public override IEnumerable<JsonElement> Take(JsonElement item)
            {
                if (item.ValueKind != JsonValueKind.Array)
                    return [];
                var index = Index < 0 ? item.GetArrayLength() + Index : Index;
                return index >= 0 && index < item.GetArrayLength() ? [item[index]] : [];
            }
        }

        internal sealed record Every : Step
        {
            public override IEnumerable<JsonElement> Take(JsonElement item) => item.ValueKind switch
            {
                JsonValueKind.Array => item.EnumerateArray(),
                JsonValueKind.Object => item.EnumerateObject().Select(p => p.Value),
                _ => [],
            };
        }

        internal sealed record Filter(IReadOnlyList<Step> Steps, string Wanted, bool IsText) : Step
        {
            public override IEnumerable<JsonElement> Take(JsonElement item) => item.ValueKind == JsonValueKind.Array
                ? item.EnumerateArray().Where(i => Follow([i], Steps).Any(IsWanted))
                : [];

            bool IsWanted(JsonElement value) => value.ValueKind switch
            {
                JsonValueKind.String => IsText && value.GetString() == Wanted,
                JsonValueKind.Number => !IsText && double.TryParse(Wanted, CultureInfo.InvariantCulture, out var number) && value.GetDouble() == number,
                JsonValueKind.True or JsonValueKind.False => !IsText && Wanted == (value.GetBoolean() ? "true" : "false"),
                _ => false,
            };
        }
    }
}
