using Kube.Shell.Editing;

namespace Kube.Shell.Tests.Editing;

public class KeyReaderTests
{
    /// <summary>What is read from keys that arrive at once.</summary>
    static List<Input> Read(params IEnumerable<ConsoleKeyInfo> keys)
    {
        var waiting = new Queue<ConsoleKeyInfo>(keys);
        var reader = new KeyReader(waiting.Dequeue, () => waiting.Count > 0);
        var read = new List<Input>();
        while (reader.IsWaiting) read.Add(reader.Read());
        return read;
    }

    static string TextOf(Input input) => input switch
    {
        Input.Key { Info: { Modifiers: ConsoleModifiers.Alt } key } => $"Alt+{key.KeyChar}",
        Input.Key key => key.Info.Key == ConsoleKey.Escape ? "Escape" : key.Info.KeyChar.ToString(),
        Input.Pasted pasted => $"pasted:{pasted.Text}",
        _ => "unknown",
    };

    [Theory]
    [InlineData("ab", new[] { "a", "b" })]
    [InlineData("<Escape>", new[] { "Escape" })]
    [InlineData("<Escape>b", new[] { "Alt+b" })]
    [InlineData("x<Escape>[200~one two<Escape>[201~y", new[] { "x", "pasted:one two", "y" })]
    [InlineData("<Escape>[200~a<Enter>b<Enter><Escape>[201~", new[] { "pasted:a\rb\r" })]
    [InlineData("<Escape>[200~<Tab>x[1]<Escape>[201~", new[] { "pasted:\tx[1]" })]
    [InlineData("<Escape>[200~<Escape>[201~", new[] { "pasted:" })]
    [InlineData("<A-[>200~a<A-[>201~", new[] { "pasted:a" })]
    [InlineData("<Escape>[1;9Zx", new[] { "unknown", "x" })]
    [InlineData("<Escape>[I", new[] { "unknown" })]
    public void Keys_and_pasted_text_are_told_apart(string keys, string[] read) =>
        Assert.Equal(read, Read(Keys.Of(keys.Replace("<A-[>", "\u0001")).Select(key => key.KeyChar == '\u0001' ? new ConsoleKeyInfo('[', default, false, alt: true, false) : key)).Select(TextOf));
}
