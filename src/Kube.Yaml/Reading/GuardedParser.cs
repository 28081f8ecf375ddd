using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kube.Yaml.Reading;

/// <summary>
/// YamlDotNet's parser, with one kind of exception. It answers some texts that are no YAML with exceptions meant for programmers: a key on a new
/// line of an open bracket, a tag that is no URI, an escape beyond Unicode.
/// </summary>
sealed class GuardedParser(string text) : IParser
{
    readonly Scanner _scanner = new(new StringReader(text), skipComments: true);
    Parser? _parser;

    public ParsingEvent? Current => _parser?.Current;

    public bool MoveNext()
    {
        try
        {
            return (_parser ??= new Parser(_scanner)).MoveNext();
        }
        catch (ArgumentException e)
        {
            throw new YamlException(Here, Here, "a tag or an escape is none", e);
        }
        catch (InvalidOperationException e)
        {
            throw new YamlException(Here, Here, "a bracket is still open", e);
        }
    }

    Mark Here => _scanner.CurrentPosition;
}
