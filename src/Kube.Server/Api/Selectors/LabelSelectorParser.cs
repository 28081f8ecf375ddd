using System.Globalization;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Api.Selectors;

/// <summary>Reads the grammar of label selectors (apimachinery, pkg/labels).</summary>
sealed class LabelSelectorParser(string text)
{
    const string Special = "=!(),><";
    int _at;

    public IReadOnlyList<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (true)
        {
            requirements.Add(ParseRequirement());
            var next = Next();
            if (next.Length == 0)
                return requirements;
            if (next != ",")
                throw Fail($"found '{next}', expected: ',' or 'end of string'");
            if (Peek().Length == 0)
                throw Fail("found '', expected: identifier after ','");
        }
    }

    LabelRequirement ParseRequirement()
    {
        if (Peek() == "!")
        {
            Next();
            return new LabelRequirement(ParseKey(), LabelOperator.DoesNotExist, []);
        }

        var key = ParseKey();
        if (Peek() is "" or ",")
            return new LabelRequirement(key, LabelOperator.Exists, []);
        var comparison = Next();
        return comparison switch
        {
            "=" or "==" => new LabelRequirement(key, LabelOperator.In, [CheckValue(ParseValue())]),
            "!=" => new LabelRequirement(key, LabelOperator.NotIn, [CheckValue(ParseValue())]),
            ">" => new LabelRequirement(key, LabelOperator.GreaterThan, [CheckNumber(ParseValue())]),
            "<" => new LabelRequirement(key, LabelOperator.LessThan, [CheckNumber(ParseValue())]),
            "in" => new LabelRequirement(key, LabelOperator.In, ParseSet()),
            "notin" => new LabelRequirement(key, LabelOperator.NotIn, ParseSet()),
            _ => throw Fail($"found '{comparison}', expected: in, notin, =, ==, !=, gt, lt"),
        };
    }

    string ParseKey()
    {
        var key = Next();
        if (key.Length == 0 || IsSpecial(key))
            throw Fail($"found '{key}', expected: !, identifier, or 'end of string'");
        var faults = Names.LabelKeyFaults(key);
        return faults.Count == 0 ? key : throw Fail($"key: Invalid value: \"{key}\": {faults[0]}");
    }

    // A value may be missing: "a=" and "a in (b,)" mean the empty value.
    string ParseValue()
    {
        if (Peek() is "" or "," or ")")
            return "";
        var value = Next();
        return IsSpecial(value) ? throw Fail($"found '{value}', expected: identifier") : value;
    }

    List<string> ParseSet()
    {
        var open = Next();
        if (open != "(")
            throw Fail($"found '{open}' expected: '('");
        var values = new List<string>();
        while (true)
        {
            values.Add(CheckValue(ParseValue()));
            var next = Next();
            if (next == ")")
                return values;
            if (next != ",")
                throw Fail($"found '{next}', expected: ',' or ')'");
        }
    }

    string CheckValue(string value)
    {
        var faults = Names.LabelValueFaults(value);
        return faults.Count == 0 ? value : throw Fail($"values[0][]: Invalid value: \"{value}\": {faults[0]}");
    }

    string CheckNumber(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? value
            : throw Fail($"values[0]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");

    static bool IsSpecial(string token) => token.Length > 0 && Special.Contains(token[0]);

    string Peek()
    {
        var before = _at;
        var token = Next();
        _at = before;
        return token;
    }

    string Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length)
            return "";
        var start = _at;
        if (Special.Contains(text[_at]))
        {
            _at++;
            if (text[start] is '=' or '!' && _at < text.Length && text[_at] == '=')
                _at++;
            return text[start.._at];
        }

        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !Special.Contains(text[_at]))
            _at++;
        return text[start.._at];
    }

    StatusException Fail(string why) => Failures.BadRequest($"unable to parse requirement: {why}");
}
