using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Copying;

namespace Kube.Module.Commands;

/// <summary>Copies files and folders to a container, or from one.</summary>
[Cmdlet(VerbsCommon.Copy, "KubeItem", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(KubeCopiedItem))]
public sealed class CopyKubeItemCommand : ConnectionCmdlet
{
    const string PathSet = "Path", ToSet = "ToPod", FromSet = "FromPod", ObjectSet = "InputObject";
    const int ProgressMilliseconds = 200;

    readonly List<RunningCopy> _running = [];
    int _started;

    /// <summary>What is copied; wildcards are welcome. <c>POD:PATH</c> is a path in a pod.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Where it goes: into a folder that is there, else under this name. <c>POD:PATH</c> is a path in a pod.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The pod that the destination is in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public string ToPod { get; set; } = "";

    /// <summary>The pod that the paths are in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public string FromPod { get; set; } = "";

    /// <summary>A pod that the destination is in.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public KubeObject? InputObject { get; set; }

    /// <summary>The container; absent: the pod's default or first one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string? Container { get; set; }

    /// <summary>The pod's namespace; absent: the connection's own.</summary>
    [Parameter]
    [Alias("n")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>How many pods from the pipeline are copied to side by side at the most.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateRange(1, 1000)]
    [PSDefaultValue(Value = 8)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Return what was copied.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        while (_running.Count > 0) FinishOne();
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case ToSet:
                Try($"pods/{ToPod}", () => CopyTo(Api, FindPod(Namespace, ToPod), Destination));
                break;
            case FromSet:
                Try($"pods/{FromPod}", () => CopyFrom(FindPod(Namespace, FromPod), Path));
                break;
            case ObjectSet:
                Try(InputObject, () => CopyTo(ApiOf(InputObject!), AsPod(InputObject!), Destination));
                break;
            default:
                CopyByPaths();
                break;
        }
    }

    void CopyByPaths()
    {
        var far = Path.Select(PodPath.Parse).ToArray();
        switch (PodPath.Parse(Destination))
        {
            case { } destination when far.All(path => path is null):
                Try(Destination, () => CopyTo(Api, FindPod(destination.Namespace ?? Namespace, destination.Pod), destination.Path));
                break;
            case null when far.All(path => path is not null):
                foreach (var group in far.GroupBy(path => (path!.Namespace, path.Pod)))
                    Try($"pods/{group.Key.Pod}", () => CopyFrom(FindPod(group.Key.Namespace ?? Namespace, group.Key.Pod), [.. group.Select(path => path!.Path)]));
                break;
            default:
                throw new KubeCmdletException(Errors.ParameterInvalid, "One side is in a pod and the other on this machine: give -ToPod or -FromPod, or POD:PATH on one side.");
        }
    }

    KubePod FindPod(string? @namespace, string name) =>
        AsPod(Await(NamedObject.ReadAsync(Api, KubeResources.Pods, name, ObjectScope.Of(@namespace, everywhere: false), Cancel)));

    static KubePod AsPod(KubeObject found) => found as KubePod
        ?? throw new KubeCmdletException(Errors.WrongKind, $"'{found.Name}' is of the kind {found.Kind}, and Pod is wanted.") { Target = found };

    void CopyTo(KubeApi api, KubePod pod, string destination)
    {
        var sources = Path.SelectMany(ResolveLocal).ToArray();
        var container = Container ?? PodContainers.DefaultOf(pod);
        if (!Confirm($"{pod.Name}:{destination}", $"Copy {string.Join(", ", sources)}")) return;
        while (_running.Count >= ThrottleLimit) FinishOne();
        var progress = new CopyProgress { Total = TarPacker.Measure(sources) };
        Start($"To {pod.Name}:{destination}", progress, pod, () => SendAsync(new PodFiles(api, pod, container), pod, container, sources, destination, progress));
    }

    async Task<IReadOnlyList<KubeCopiedItem>> SendAsync(PodFiles files, KubePod pod, string container, string[] sources, string destination, CopyProgress progress)
    {
        var isFolder = await files.IsFolderAsync(destination, Cancel);
        if (!isFolder && (sources.Length > 1 || destination.EndsWith('/')))
            throw new KubeCmdletException(Errors.CopyFailed, $"'{destination}' is no folder in pod '{pod.Name}'.") { Target = pod };
        var place = isFolder ? default : Parse(destination);
        var items = sources.Select(source => (Source: source, Name: isFolder ? System.IO.Path.GetFileName(source.TrimEnd('/', '\\')) : place.Name)).ToArray();
        var folder = isFolder ? destination : place.Folder;
        await files.SendAsync(items, folder, progress, Cancel);
        return [.. items.Select(item => new KubeCopiedItem(pod.Namespace ?? "", pod.Name, container, $"{folder.TrimEnd('/')}/{item.Name}", item.Source))];
    }

    void CopyFrom(KubePod pod, string[] paths)
    {
        var container = Container ?? PodContainers.DefaultOf(pod);
        var destination = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
        foreach (var path in paths)
            Try(pod, () =>
            {
                var item = Parse(path);
                if (!Confirm(destination, $"Copy {pod.Name}:{path}")) return;
                var isFolder = Directory.Exists(destination);
                var parent = isFolder ? destination : System.IO.Path.GetDirectoryName(destination) ?? destination;
                if (!isFolder && (item.IsPattern || paths.Length > 1 || System.IO.Path.EndsInDirectorySeparator(Destination) || !Directory.Exists(parent)))
                    throw new KubeCmdletException(Errors.CopyFailed, $"There is no folder '{(Directory.Exists(parent) ? destination : parent)}'.");
                var progress = new CopyProgress();
                var unpacker = new TarUnpacker(parent, isFolder ? null : System.IO.Path.GetFileName(destination), progress);
                var files = new PodFiles(new KubeApi(pod.Connection!), pod, container);
                Start($"From {pod.Name}:{path}", progress, pod, async () =>
                {
                    await files.ReceiveAsync(item, unpacker, Cancel);
                    return [.. unpacker.Items.Select(local => new KubeCopiedItem(pod.Namespace ?? "", pod.Name, container, $"{item.Folder.TrimEnd('/')}/{(item.IsPattern ? System.IO.Path.GetFileName(local) : item.Name)}", local))];
                });
                // Two copies into one folder could meet.
                End();
            });
    }

    void Start(string activity, CopyProgress progress, KubePod pod, Func<Task<IReadOnlyList<KubeCopiedItem>>> copy) =>
        _running.Add(new RunningCopy(new ProgressRecord(_started++, activity, " "), progress, pod, Task.Run(copy)));

    /// <summary>Shows how far the copies are until one is done, and tells what that one left out.</summary>
    void FinishOne()
    {
        int done;
        while ((done = Task.WaitAny([.. _running.Select(copy => copy.Task)], ProgressMilliseconds)) < 0)
            foreach (var (record, progress, _, _) in _running)
            {
                record.StatusDescription = progress.Current.Length > 0 ? progress.Current : " ";
                record.PercentComplete = progress.Total > 0 ? (int)Math.Min(100, progress.Bytes * 100 / progress.Total) : -1;
                WriteProgress(record);
            }
        var copy = _running[done];
        _running.RemoveAt(done);
        copy.Record.RecordType = ProgressRecordType.Completed;
        WriteProgress(copy.Record);
        foreach (var skipped in copy.Progress.Skipped) WriteWarning($"'{skipped}' is no file, folder or link, and is left out.");
        foreach (var refusal in copy.Progress.Refusals) Try(copy.Pod, () => throw new KubeCmdletException(Errors.PathUnsafe, refusal.Message, refusal));
        Try(copy.Pod, () => Hand(copy.Task));
    }

    void Hand(Task<IReadOnlyList<KubeCopiedItem>> copy)
    {
        try
        {
            var items = Await(copy);
            if (PassThru) WriteObject(items, enumerateCollection: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeCmdletException(Errors.CopyFailed, exception.Message, exception);
        }
    }

    string[] ResolveLocal(string path)
    {
        try
        {
            var found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name != "FileSystem") throw new KubeCmdletException(Errors.ParameterInvalid, $"'{path}' is no path of the file system.");
            return found.Count > 0 ? [.. found] : throw new KubeCmdletException(Errors.CopyFailed, $"Nothing matches '{path}'.");
        }
        catch (ItemNotFoundException exception)
        {
            throw new KubeCmdletException(Errors.CopyFailed, $"There is no '{path}'.", exception);
        }
    }

    static ContainerPath Parse(string path)
    {
        try
        {
            return ContainerPath.Parse(path);
        }
        catch (FormatException exception)
        {
            throw new KubeCmdletException(Errors.ParameterInvalid, exception.Message, exception);
        }
    }

    sealed record RunningCopy(ProgressRecord Record, CopyProgress Progress, KubePod Pod, Task<IReadOnlyList<KubeCopiedItem>> Task);
}
