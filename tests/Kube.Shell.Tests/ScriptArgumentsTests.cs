namespace Kube.Shell.Tests;

public class ScriptArgumentsTests
{
    [Theory]
    [InlineData("x", "'x'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("$(exit 1)", "'$(exit 1)'")]
    [InlineData("", "''")]
    [InlineData("-Name", "-Name")]
    [InlineData("-Flag:$false", "-Flag:$false")]
    [InlineData("-Flag:$TRUE", "-Flag:$TRUE")]
    [InlineData("-Name:a b", "-Name:'a b'")]
    [InlineData("-Name:$x", "-Name:'$x'")]
    [InlineData("-Name:", "-Name:")]
    [InlineData("-5", "'-5'")]
    [InlineData("-", "'-'")]
    [InlineData("--", "'--'")]
    [InlineData("-a;b", "'-a;b'")]
    [InlineData("-a.b:c", "'-a.b:c'")]
    public void Names_stay_names_and_all_else_is_text(string argument, string text) => Assert.Equal(text, ScriptArguments.ToText([argument]));
}
