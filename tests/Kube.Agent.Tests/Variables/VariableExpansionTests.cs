using Kube.Agent.Variables;

namespace Kube.Agent.Tests.Variables;

public class VariableExpansionTests
{
    static readonly Dictionary<string, string> Known = new() { ["A"] = "a", ["B"] = "$(A)", ["EMPTY"] = "", ["X_1"] = "x" };

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("$(A)", "a")]
    [InlineData("$(A)$(X_1)", "ax")]
    [InlineData("-$(A)-", "-a-")]
    [InlineData("$(B)", "$(A)")]
    [InlineData("$(EMPTY)", "")]
    [InlineData("$(NO)", "$(NO)")]
    [InlineData("$()", "$()")]
    [InlineData("$$", "$")]
    [InlineData("$$$$", "$$")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$a")]
    [InlineData("$$$$(A)", "$$(A)")]
    [InlineData("$", "$")]
    [InlineData("a$", "a$")]
    [InlineData("$A", "$A")]
    [InlineData("$(A", "$(A")]
    [InlineData("$(A$(A)", "$(A$(A)")]
    [InlineData("${A}", "${A}")]
    [InlineData("$(A)) $((A)", "a) $((A)")]
    [InlineData("$ (A)", "$ (A)")]
    public void Known_names_are_replaced_and_nothing_else(string text, string expected) =>
        Assert.Equal(expected, VariableExpansion.Expand(text, name => Known.GetValueOrDefault(name)));
}
