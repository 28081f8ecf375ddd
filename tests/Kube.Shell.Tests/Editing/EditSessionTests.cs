using Kube.Shell.Editing;
using Kube.Shell.Hosting;

namespace Kube.Shell.Tests.Editing;

public class EditSessionTests
{
    static EditSession Session(params string[] history) => new(new History(history), Prompt.IsWhole, Complete);

    /// <summary>Words of a small world, by what stands before the cursor.</summary>
    static Completions Complete(string text, int cursor)
    {
        string[] words = ["Get-KubeNode", "Get-KubePod", "Get-KubePods", "Write-Output", "日本", "日曜"];
        var start = text.LastIndexOf(' ', Math.Max(0, cursor - 1)) + 1;
        var typed = text[start..cursor];
        return new Completions(start, cursor - start, [.. words.Where(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(word => new Completion(word, word))]);
    }

    [Theory]
    [InlineData("abc", "abc|")]
    [InlineData("abc<Left><Left>x", "ax|bc")]
    [InlineData("abc<Home>x", "x|abc")]
    [InlineData("abc<C-a>x<C-e>y", "xabcy|")]
    [InlineData("abc<C-b>x", "abx|c")]
    [InlineData("abc<Home><C-f>x", "ax|bc")]
    [InlineData("abc<Backspace>", "ab|")]
    [InlineData("<Backspace>a", "a|")]
    [InlineData("abc<Home><Delete>", "|bc")]
    [InlineData("abc<Delete>", "abc|")]
    [InlineData("abc<Home><C-d>", "|bc")]
    [InlineData("one two<C-w>", "one |")]
    [InlineData("one two-three<C-w>", "one |")]
    [InlineData("one two-three<A-Backspace>", "one two-|")]
    [InlineData("one two-three<C-Left>x", "one two-x|three")]
    [InlineData("one two-three<A-b><A-b>x", "one x|two-three")]
    [InlineData("one two<Home><C-Right>x", "onex| two")]
    [InlineData("one two<Home><A-d>", "| two")]
    [InlineData("one two<C-Left><C-k>", "one |")]
    [InlineData("one two<C-Left><C-u>", "|two")]
    [InlineData("one two<C-w><C-a><C-y>", "two|one ")]
    [InlineData("one<Escape>", "|")]
    [InlineData("ab cd<C-z>", "ab|")]
    [InlineData("ab cd<C-z><C-z>", "|")]
    [InlineData("abc<C-k><C-z>", "|")]
    [InlineData("日本語<Left><Backspace>", "日|語")]
    [InlineData("日本語<Left><Left>x", "日x|本語")]
    [InlineData("ae\u0301<Backspace>", "a|")]
    [InlineData("a😀b<Left><Backspace>", "a|b")]
    [InlineData("a👩‍👩‍👧b<Left><Left>x", "ax|👩‍👩‍👧b")]
    [InlineData("if (1) {<Enter>x<Up>y", "iy|f (1) {\nx")]
    [InlineData("ab<S-Enter>cd<Home>x", "ab\nx|cd")]
    [InlineData("ab<S-Enter>cd<C-Home>x", "x|ab\ncd")]
    [InlineData("ab<S-Enter>cd<Up>x<Down>y", "abx\ncdy|")]
    [InlineData("abcd<S-Enter>e<Up><End><Down>x", "abcd\nex|")]
    [InlineData("ab<S-Enter>cd<Home><C-k><C-k>", "ab\n|")]
    [InlineData("ab<S-Enter><Backspace>c", "abc|")]
    [InlineData("ab<S-Enter>cd<Home><C-u>", "ab|cd")]
    public void Keys_edit_the_line(string keys, string expected)
    {
        var session = Session();

        session.Press(keys);

        Assert.Equal(expected, session.Buffer.Text.Insert(session.Buffer.Cursor, "|"));
    }

    [Theory]
    [InlineData("'x'<Enter>", nameof(EditOutcome.Accepted), "'x'")]
    [InlineData("<Enter>", nameof(EditOutcome.Accepted), "")]
    [InlineData("if (1) {<Enter>", nameof(EditOutcome.None), "if (1) {\n")]
    [InlineData("if (1) {<Enter>2<Enter>}<Enter>", nameof(EditOutcome.Accepted), "if (1) {\n2\n}")]
    [InlineData("'open<Enter>'<Enter>", nameof(EditOutcome.Accepted), "'open\n'")]
    [InlineData("1 |<Enter>", nameof(EditOutcome.None), "1 |\n")]
    [InlineData(")<Enter>", nameof(EditOutcome.Accepted), ")")]
    [InlineData("abc<C-c>", nameof(EditOutcome.Abandoned), "abc")]
    [InlineData("if (1) {<Enter><C-c>", nameof(EditOutcome.Abandoned), "if (1) {\n")]
    [InlineData("<C-d>", nameof(EditOutcome.Ended), "")]
    [InlineData("a<C-d>", nameof(EditOutcome.None), "a")]
    public void A_line_ends_where_it_is_whole_or_left(string keys, string outcome, string text)
    {
        var session = Session();

        Assert.Equal(outcome, session.Press(keys).ToString());
        Assert.Equal(text, session.Buffer.Text);
    }

    [Theory]
    [InlineData("<Up>", "Get-KubePod")]
    [InlineData("<Up><Up>", "Get-Date")]
    [InlineData("<Up><Up><Up>", "1 + 1")]
    [InlineData("<Up><Up><Up><Up>", "1 + 1")]
    [InlineData("<Up><Up><Down>", "Get-KubePod")]
    [InlineData("<Up><Down>", "")]
    [InlineData("<Down>", "")]
    [InlineData("x<Up>", "x")]
    [InlineData("1<Up>", "1 + 1")]
    [InlineData("get<Up><Up>", "Get-Date")]
    [InlineData("get<Up><Up><Up>", "Get-Date")]
    [InlineData("get<Up><Down>", "get")]
    [InlineData("<Up>x<Up>", "Get-KubePodx")]
    [InlineData("<C-p><C-p><C-n>", "Get-KubePod")]
    [InlineData("<C-r>date", "Get-Date")]
    [InlineData("<C-r>get", "Get-KubePod")]
    [InlineData("<C-r>get<C-r>", "Get-Date")]
    [InlineData("<C-r>get<C-r><C-r>", "Get-Date")]
    [InlineData("<C-r>nothing", "")]
    [InlineData("<C-r>1x<Backspace>", "1 + 1")]
    [InlineData("typed<C-r>date<C-c>", "typed")]
    [InlineData("<C-r>date<Escape>", "Get-Date")]
    [InlineData("<C-r>date<C-e>!", "Get-Date!")]
    public void What_was_typed_before_comes_back(string keys, string text)
    {
        var session = Session("1 + 1", "Get-Date", "Get-KubePod");

        session.Press(keys);

        Assert.Equal(text, session.Buffer.Text);
    }

    [Theory]
    [InlineData("wr<Tab>", "Write-Output")]
    [InlineData("none<Tab>", "none")]
    [InlineData("g<Tab>", "Get-Kube")]
    [InlineData("get-kube<Tab>", "Get-KubeNode")]
    [InlineData("g<Tab><Tab>", "Get-KubeNode")]
    [InlineData("g<Tab><Tab><Tab>", "Get-KubePod")]
    [InlineData("g<Tab><Tab><Tab><Tab><Tab>", "Get-KubeNode")]
    [InlineData("g<Tab><S-Tab>", "Get-KubePods")]
    [InlineData("g<Tab><Tab><Right>", "Get-KubePod")]
    [InlineData("g<Tab><Tab><Tab><Left>", "Get-KubeNode")]
    [InlineData("g<Tab><Tab><Escape>", "Get-Kube")]
    [InlineData("g<Tab><Tab> x", "Get-KubeNode x")]
    [InlineData("g<Tab>p<Tab>", "Get-KubePod")]
    [InlineData("x g<Tab><Tab>", "x Get-KubeNode")]
    [InlineData("x y<Left><Left> g<Tab><Tab>", "x Get-KubeNode y")]
    [InlineData("日<Tab>", "日本")]
    [InlineData("g<Tab><Tab><C-z>", "Get-Kube")]
    public void Tab_completes(string keys, string text)
    {
        var session = Session();

        session.Press(keys);

        Assert.Equal(text, session.Buffer.Text);
    }

    [Fact]
    public void Enter_takes_the_chosen_completion_and_runs_nothing()
    {
        var session = Session();

        Assert.Equal(EditOutcome.None, session.Press("g<Tab><Tab><Enter>"));
        Assert.Empty(session.Below(80, 10));
        Assert.Equal(EditOutcome.Accepted, session.Press("<Enter>"));
        Assert.Equal("Get-KubeNode", session.Buffer.Text);
    }

    [Fact]
    public void The_menu_shows_what_there_is_and_marks_what_is_chosen()
    {
        var session = Session();

        session.Press("g<Tab>");
        Assert.Equal(["Get-KubeNode  Get-KubePod   Get-KubePods  "], session.Below(80, 10));

        session.Press("<Tab><Tab>");
        Assert.Equal(["Get-KubeNode  ", "\e[7mGet-KubePod\e[27m   ", "Get-KubePods  "], session.Below(16, 10));
        Assert.Empty(session.Below(16, 0));

        session.Press("x");
        Assert.Empty(session.Below(80, 10));
    }

    [Fact]
    public void Pasted_lines_are_not_run_one_by_one()
    {
        var session = Session();

        session.Press("a");
        session.Paste("1\r\n2\r3\n");

        Assert.Equal("a1\n2\n3\n", session.Buffer.Text);
        session.Press("<C-z>");
        Assert.Equal("a", session.Buffer.Text);
    }
}
