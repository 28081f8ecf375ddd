namespace Kube.Shell.Tests;

/// <summary>The shell as a person has it: at a terminal, with keys.</summary>
public class TerminalTests
{
    [Fact]
    public void The_prompt_tells_context_and_namespace_and_asks_no_cluster()
    {
        using var terminal = new Terminal();
        terminal.WaitFor("[lab:shop] PS /");

        terminal.Type("Use-KubeContext other");
        terminal.Press("Enter");
        terminal.WaitFor("[other:default] PS /");

        terminal.Type("function prompt { 'my own> ' }");
        terminal.Press("Enter");
        terminal.WaitFor("\nmy own>");
    }

    [Fact]
    public void Lines_are_edited_kept_and_found_again()
    {
        using var terminal = new Terminal();
        terminal.Type("llo'");
        terminal.Press("Home");
        terminal.Type("'he");
        terminal.Press("Enter");
        terminal.WaitFor("\nhello");
        terminal.Press("Up");
        terminal.Press("BSpace");
        terminal.Type(" again'");
        terminal.Press("Enter");
        terminal.WaitFor("\nhello again");
        terminal.Type("$password = 'hunter2'; 'set'");
        terminal.Press("Enter");
        terminal.WaitFor("\nset");
        terminal.Press("C-r");
        terminal.Type("again");
        terminal.WaitFor("search: again");
        terminal.Press("C-e", "Enter");
        terminal.WaitUntil(() => terminal.Screen.Split("\nhello again").Length == 3, "hello again, twice");

        var kept = File.ReadAllText(Path.Combine(terminal.Home, "shell-history"));
        Assert.Contains("'hello again'", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_shows_and_goes_through_what_may_stand_there()
    {
        using var terminal = OpenWithThreeCommands();
        terminal.Type("Try-One");
        terminal.Press("Tab");
        terminal.WaitFor("Try-OneThing      Try-OneThingElse  Try-OneThingMore");
        terminal.Press("Tab", "Tab");
        terminal.WaitUntil(() => terminal.Screen.Contains("> Try-OneThingElse\n", StringComparison.Ordinal), "the second one in the line");
        terminal.Press("Enter");
        terminal.WaitUntil(() => terminal.Screen.EndsWith("> Try-OneThingElse", StringComparison.Ordinal), "the second one, and no menu");
    }

    [Fact]
    public void Ctrl_C_ends_the_pipeline_and_not_the_shell()
    {
        using var terminal = new Terminal();
        terminal.Type("'waiting'; Start-Sleep 600; 'ne' + 'ver'");
        terminal.Press("Enter");
        terminal.WaitFor("\nwaiting");
        terminal.Press("C-c");
        terminal.Type("'af' + 'ter'");
        terminal.Press("Enter");
        terminal.WaitFor("\nafter");
        Assert.DoesNotContain("never", terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_leaves_what_is_typed_and_its_continuation()
    {
        using var terminal = new Terminal();
        terminal.Type("'ne' + 'ver'");
        terminal.Press("C-c");
        terminal.Type("if ($true) {");
        terminal.Press("Enter");
        terminal.WaitFor("\n>>");
        terminal.Press("C-c");
        terminal.Type("'fi' + 'ne'");
        terminal.Press("Enter");
        terminal.WaitFor("\nfine");
        Assert.DoesNotContain("never", terminal.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C-d", 0)]
    [InlineData("exit 7", 7)]
    public void It_ends_when_asked_to(string how, int status)
    {
        using var terminal = new Terminal();
        if (how == "C-d") terminal.Press(how);
        else
        {
            terminal.Type(how);
            terminal.Press("Enter");
        }
        terminal.WaitFor($"ended: {status}");
    }

    [Fact]
    public void Pasted_lines_wait_for_Enter()
    {
        using var terminal = new Terminal();
        terminal.Paste("'first'\n'sec' + 'ond'");
        terminal.WaitFor(">> 'sec' + 'ond'");
        Assert.DoesNotContain("\nfirst", terminal.Screen, StringComparison.Ordinal);
        terminal.Press("Enter");
        terminal.WaitFor("\nfirst\nsecond");
    }

    [Fact]
    public void Wide_letters_and_long_lines_keep_the_cursor_where_it_belongs()
    {
        using var terminal = new Terminal();
        terminal.Type("'日本語'");
        terminal.Press("Left", "Left", "BSpace");
        terminal.WaitFor("> '日語'");
        terminal.Press("End", "Enter");
        terminal.WaitFor("\n日語");
        terminal.Type("'" + new string('x', 150) + "'.Length");
        terminal.WaitFor("'.Length");
        terminal.Press("Home", "End", "Enter");
        terminal.WaitFor("\n150");
        Assert.Single(terminal.Screen.Split('\n'), line => line.Contains("> 'xxx", StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_that_changes_its_size_is_drawn_anew()
    {
        using var terminal = OpenWithThreeCommands();
        terminal.Type("Try-One");
        terminal.Press("Tab");
        terminal.WaitFor("Try-OneThing      Try-OneThingElse  Try-OneThingMore");
        terminal.Resize(45);
        terminal.WaitFor("\nTry-OneThingMore");
        terminal.Press("C-u");
        terminal.Type("'" + new string('x', 150) + "'.Length + 1000");
        terminal.Press("Enter");
        terminal.WaitFor("\n1150");
        Assert.Single(terminal.Screen.Split('\n'), line => line.Contains("> 'xxx", StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_that_knows_no_escape_sequences_gets_lines()
    {
        using var terminal = new Terminal(term: "dumb");
        terminal.Type("'pla' + 'inx'");
        terminal.Press("BSpace", "BSpace");
        terminal.Type("'");
        terminal.Press("Enter");
        terminal.WaitFor("\nplain");
        terminal.Type("'ne' + 'ver'");
        terminal.Press("C-c");
        terminal.Type("'st' + 'ill'");
        terminal.Press("Enter");
        terminal.WaitFor("\nstill");
        Assert.DoesNotContain("never", terminal.Screen, StringComparison.Ordinal);
        terminal.Press("C-d");
        terminal.WaitFor("ended: 0");
    }

    /// <summary>Commands that are there for certain, and no others that begin like them.</summary>
    static Terminal OpenWithThreeCommands()
    {
        var terminal = new Terminal();
        terminal.Type("function Try-OneThing {}; function Try-OneThingElse {}; function Try-OneThingMore {}; 're' + 'ady'");
        terminal.Press("Enter");
        terminal.WaitFor("\nready");
        return terminal;
    }
}
