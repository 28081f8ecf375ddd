using System.Management.Automation;
using System.Text;
using System.Threading.Channels;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Running;

namespace Kube.Module.Commands;

/// <summary>Runs a command in containers: in one with the pipeline as its standard input, or in many side by side.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeCommand")]
[OutputType(typeof(string), typeof(byte), typeof(byte[]), typeof(KubeCommandResult))]
public sealed class InvokeKubeCommandCommand : PodCmdlet
{
    // A message each; the far side waits while nobody takes them.
    const int EventsAhead = 256;

    static readonly string[] HostTag = ["PSHOST"];

    readonly Channel<CommandEvent> _events = Channel.CreateBounded<CommandEvent>(EventsAhead);
    readonly InputQueue _input = new();
    readonly List<(KubeApi Api, KubePod Pod, string Container)> _waiting = [];
    string[] _words = [];
    string? _inPath;
    FileStream? _out;
    bool _takesInput, _found;
    int _running;

    /// <summary>What is known of standard input where it is sent as a whole; null while it streams.</summary>
    List<ReadOnlyMemory<byte>>? _collected;

    /// <summary>The program and its arguments: all that is left on the command line, behind <c>--</c>. No shell is put between.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromRemainingArguments = true)]
    [AllowEmptyString]
    [AllowNull]
    public object?[] Command { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Pod { get; set; } = [];

    /// <inheritdoc/>
    // No short aliases here and below: they would take the options of a command that is typed without "--".
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string? Namespace { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [Alias("Selector")]
    [ValidateNotNullOrEmpty]
    [JoinedList]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public override string? LabelSelector { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [ClusterObject]
    public override KubeObject? InputObject { get; set; }

    /// <summary>Standard input, where the pods are named: bytes as they are, all else as lines of text.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? StandardInput { get; set; }

    /// <summary>One KubeCommandResult for each pod instead of its output as it comes.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>Standard output as bytes instead of lines.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Standard output in one piece, as an array of bytes.</summary>
    [Parameter]
    public SwitchParameter AsByteArray { get; set; }

    /// <summary>A file that is standard input, in each pod.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InFile { get; set; }

    /// <summary>A file that standard output goes to as it is, instead of the pipeline. It is for one pod.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>How many commands run side by side at the most.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [PSDefaultValue(Value = 16)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Seconds that each command may take; absent: no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (new bool[] { AsResult, AsByteStream, AsByteArray, OutFile is not null }.Count(one => one) > 1)
            throw new KubeCmdletException(Errors.ParameterInvalid, "-AsResult, -AsByteStream, -AsByteArray and -OutFile exclude each other.");
        _words = CommandWords.Read(Command);
        if (_words[0].Length == 0) throw new KubeCmdletException(Errors.ParameterInvalid, "The command's first word is its program, and it is empty.");
        var named = MyInvocation.BoundParameters.ContainsKey(nameof(Pod)) || LabelSelector is not null;
        _takesInput = MyInvocation.ExpectingInput && named;
        if (InFile is not null)
        {
            if (_takesInput) throw new KubeCmdletException(Errors.ParameterInvalid, "Standard input is either -InFile or what comes down the pipeline.");
            _inPath = SessionState.Path.GetUnresolvedProviderPathFromPSPath(InFile);
            if (!File.Exists(_inPath)) throw new KubeCmdletException(Errors.ParameterInvalid, $"There is no file '{_inPath}'.");
        }
        // One command takes its input as it comes; several need it from the start, each when its turn comes.
        if (_takesInput && !IsOnePod) _collected = [];
    }

    bool IsOnePod => Pod is [var only] && !WildcardPattern.ContainsWildcardCharacters(only)
        && NamedObject.Split(only).Kind is var kind && (kind is null || AnyKind.Is(KubeResources.Pods, kind));

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!_takesInput)
        {
            base.Process();
            return;
        }
        Find();
        Feed(InputBytes.Of(StandardInput));
    }

    /// <inheritdoc/>
    protected override void ProcessPod(KubeApi api, KubePod pod)
    {
        _waiting.Add((api, pod, ContainerIn(pod)));
        if (OutFile is not null && _waiting.Count > 1) throw new KubeCmdletException(Errors.ParameterInvalid, "-OutFile takes what one pod writes, and there are several.");
        // Where it is for one pod alone, it is known at the end that there is no other.
        if (_takesInput ? _collected is null : OutFile is null) StartWaiting();
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_takesInput) Find();
        _input.End();
        try
        {
            while (_running > 0 || _waiting.Count > 0)
            {
                if (_waiting.Count > 0 && _running < ThrottleLimit) StartWaiting();
                else Handle(Await(_events.Reader.ReadAsync(Cancel).AsTask()));
            }
        }
        finally
        {
            _out?.Dispose();
        }
    }

    // Once, with nothing of what comes down the pipeline: that is standard input, whatever it is.
    void Find()
    {
        if (_found) return;
        _found = true;
        InputObject = null;
        Kind = null;
        base.Process();
    }

    /// <summary>Standard input for one more command; null: none.</summary>
    InputQueue? Input() => _inPath is not null ? InputFile.Open(_inPath, Cancel) : !_takesInput ? null : _collected is null ? _input : InputQueue.Of(_collected);

    void StartWaiting()
    {
        HandleAvailable();
        while (_waiting.Count > 0 && _running < ThrottleLimit)
        {
            var (api, pod, container) = _waiting[0];
            _waiting.RemoveAt(0);
            var length = _inPath is not null ? new FileInfo(_inPath).Length : _collected?.Sum(piece => (long)piece.Length);
            var input = Input();
            var options = new ExecOptions(_words) { Container = container, Stdin = input is not null, StdinLength = length };
            _running++;
            var run = new CommandRun(api, pod, options, input, TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
            _ = Task.Run(() => run.RunAsync(_events.Writer, Cancel));
        }
    }

    void Feed(ReadOnlyMemory<byte> bytes)
    {
        HandleAvailable();
        while (_running > 0 && _collected is null && !_input.HasRoom)
        {
            Await(Task.WhenAny(_input.WaitForRoomAsync(Cancel), _events.Reader.WaitToReadAsync(Cancel).AsTask()));
            Cancel.ThrowIfCancellationRequested();
            HandleAvailable();
        }
        if (_collected is not null) _collected.Add(bytes);
        else if (_running > 0) _input.Add(bytes);
    }

    void HandleAvailable()
    {
        while (_events.Reader.TryRead(out var happened)) Handle(happened);
    }

    void Handle(CommandEvent happened)
    {
        var run = happened.Run;
        switch (happened)
        {
            case CommandEvent.Wrote wrote:
                Write(run, wrote.IsError, wrote.Bytes);
                break;
            case CommandEvent.Exited(_, var exitCode):
                _running--;
                Finish(run, exitCode);
                break;
            // Nothing has run: an older server wants to know how much input there will be.
            case CommandEvent.Failed { Exception: KubeOperationException { Status.Reason: KubeStatus.StreamUnsupported } } when _takesInput && _collected is null:
                _running--;
                _collected = _input.TakeAll();
                _waiting.Add((run.Api, run.Pod, run.Container));
                break;
            case CommandEvent.Failed(_, var exception):
                _running--;
                Try(run.Pod, () => throw exception);
                break;
        }
    }

    void Write(CommandRun run, bool isError, byte[] bytes)
    {
        if (AsResult) (isError ? run.Error : run.Output).Write(bytes);
        else if (isError) foreach (var line in run.ErrorLines.Add(bytes)) WriteErrorLine(run, line);
        else if (OutFile is not null) WriteFile(bytes);
        else if (AsByteArray) run.Output.Write(bytes);
        else if (AsByteStream) WriteObject(bytes, enumerateCollection: true);
        else foreach (var line in run.Lines.Add(bytes)) WriteObject(line);
    }

    void WriteFile(ReadOnlySpan<byte> bytes)
    {
        try
        {
            // Not before there is something to write: a command that does not begin leaves the file as it was.
            _out ??= new FileStream(SessionState.Path.GetUnresolvedProviderPathFromPSPath(OutFile), FileMode.Create, FileAccess.Write);
            _out.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeCmdletException(Errors.CopyFailed, exception.Message, exception) { Target = OutFile };
        }
    }

    // Not error records: these would end runbooks on harmless chatter.
    void WriteErrorLine(CommandRun run, string line)
    {
        run.LastWords = line;
        WriteInformation(new HostInformationMessage { Message = line }, HostTag);
    }

    void Finish(CommandRun run, int exitCode)
    {
        var result = new KubeCommandResult(run.Pod.Name, run.Pod.Namespace ?? "", run.Container, exitCode);
        if (AsResult)
        {
            WriteObject(result with { Output = Text(run.Output), Error = Text(run.Error) });
            return;
        }
        if (OutFile is not null) WriteFile([]);
        if (AsByteArray) WriteObject(run.Output.ToArray());
        if (run.Lines.End() is { } rest) WriteObject(rest);
        if (run.ErrorLines.End() is { } last) WriteErrorLine(run, last);
        if (exitCode == 0) return;
        var words = run.LastWords.Length > 0 ? $": {run.LastWords}" : ".";
        Try(run.Pod, () => throw new KubeCmdletException(Errors.CommandFailed, $"'{_words[0]}' in pod '{run.Pod.Name}' ended with exit code {exitCode}{words}") { Target = result });
    }

    static string Text(MemoryStream bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
