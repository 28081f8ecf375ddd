using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Kube.Module.Tests;

/// <summary>A host whose screen a test can read.</summary>
sealed class ScreenHost(Screen screen) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "Kube.Module.Tests";
    public override PSHostUserInterface UI { get; } = new ScreenInterface(screen);
    public override Version Version { get; } = new(1, 0);
    public override void EnterNestedPrompt() => throw new NotSupportedException();
    public override void ExitNestedPrompt() => throw new NotSupportedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }

    sealed class ScreenInterface(Screen screen) : PSHostUserInterface
    {
        public override PSHostRawUserInterface RawUI { get; } = new ScreenSize(screen);

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            if (!screen.CanPrompt) throw new HostException("Nobody is there to be asked.");
            screen.Questions.Add($"{caption}: {message}");
            return screen.Answer;
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Nobody();
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Nobody();
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Nobody();
        public override string ReadLine() => throw Nobody();
        public override SecureString ReadLineAsSecureString() => throw Nobody();
        public override bool SupportsVirtualTerminal => true;
        public override void Write(string value) => screen.Write(GetOutputString(value, SupportsVirtualTerminal));
        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
        public override void WriteLine(string value) => Write(value + "\n");
        public override void WriteErrorLine(string value) => Write(value + "\n");
        public override void WriteDebugLine(string message) => screen.Write("DEBUG: " + message + "\n");
        public override void WriteVerboseLine(string message) => screen.Write("VERBOSE: " + message + "\n");
        public override void WriteWarningLine(string message) => screen.Write("WARNING: " + message + "\n");
        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        static HostException Nobody() => new("Nobody is there to be asked.");
    }

    sealed class ScreenSize(Screen screen) : PSHostRawUserInterface
    {
        public override ConsoleColor BackgroundColor { get; set; }
        public override Size BufferSize { get => new(screen.Width, 500); set { } }
        public override Coordinates CursorPosition { get; set; }
        public override int CursorSize { get; set; }
        public override ConsoleColor ForegroundColor { get; set; }
        public override bool KeyAvailable => false;
        public override Size MaxPhysicalWindowSize => BufferSize;
        public override Size MaxWindowSize => BufferSize;
        public override Coordinates WindowPosition { get; set; }
        public override Size WindowSize { get => new(screen.Width, 50); set { } }
        public override string WindowTitle { get; set; } = "";
        public override void FlushInputBuffer() { }
        public override int LengthInBufferCells(string source) => ScreenWidth.Of(source);
        public override int LengthInBufferCells(string source, int offset) => ScreenWidth.Of(source[offset..]);
        public override int LengthInBufferCells(char source) => ScreenWidth.Of(source);
        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();
        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
    }
}
