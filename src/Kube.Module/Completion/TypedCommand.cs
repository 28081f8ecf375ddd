using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Kube.Module.Base;
using Kube.Module.Forwarding;

namespace Kube.Module.Completion;

/// <summary>A command as far as it is typed.</summary>
sealed class TypedCommand
{
    static readonly Lazy<Dictionary<string, Type>> Cmdlets = new(() => typeof(TypedCommand).Assembly.GetTypes()
        .Select(type => (Type: type, Name: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(cmdlet => cmdlet.Name is not null)
        .ToDictionary(cmdlet => $"{cmdlet.Name!.VerbName}-{cmdlet.Name.NounName}", cmdlet => cmdlet.Type, StringComparer.OrdinalIgnoreCase));

    /// <summary>What says where to look. To look elsewhere would offer what is not there.</summary>
    static readonly string[] Places = ["Connection", "Context", "DockerConfig", "Kind", "KubeConfigPath", "Namespace"];

    readonly IDictionary _arguments;
    readonly PathIntrinsics _paths;

    TypedCommand(string name, string parameter, IDictionary arguments)
    {
        _arguments = arguments;
        Session = KubeSession.Current;
        Forwards = PortForwards.Current.Running;
        _paths = (PathIntrinsics)((PSObject)ScriptBlock.Create("$ExecutionContext.SessionState.Path").InvokeReturnAsIs()).BaseObject;
        Cmdlet = Activator.CreateInstance(Cmdlets.Value[Bare(name)])!;
        foreach (DictionaryEntry argument in arguments)
        {
            if (argument.Key is string other && !other.Equals(parameter, StringComparison.OrdinalIgnoreCase)) Set(other, argument.Value);
        }
    }

    /// <summary>The cmdlet with the arguments that are typed, but for the one at the cursor. It is asked, never run.</summary>
    public object Cmdlet { get; }

    /// <summary>The command whose output it gets, where that is one of this module's.</summary>
    public TypedCommand? Upstream { get; private init; }

    /// <summary>The session that it is typed in.</summary>
    public KubeSession Session { get; }

    /// <summary>The port-forwards of that session.</summary>
    public IReadOnlyList<KubePortForward> Forwards { get; }

    /// <summary>Reads what the engine knows of a command. Must be called on the pipeline's thread.</summary>
    /// <returns>Null where it is not known before the command runs where it will look.</returns>
    public static TypedCommand? Read(string name, string parameter, CommandAst line, IDictionary arguments)
    {
        var upstream = FindUpstream(line);
        var command = new TypedCommand(name, parameter, arguments) { Upstream = upstream is null ? null : Read(upstream) };
        // What comes down the pipeline from nobody knows where may be anything.
        if (upstream is not null && command.Upstream is null) return null;
        return line.CommandElements.OfType<CommandParameterAst>()
            .Select(given => command.Resolve(given.ParameterName))
            .Any(given => Places.Contains(given) && arguments[given!] is null && !parameter.Equals(given, StringComparison.OrdinalIgnoreCase)) ? null : command;
    }

    /// <summary>Reads one of this module's commands by itself, as one further down the pipeline sees it. Must be called on the pipeline's thread.</summary>
    /// <returns>Null where it is another's, or not known before it runs where it will look.</returns>
    public static TypedCommand? Read(CommandAst line) =>
        line.GetCommandName() is { } name && Cmdlets.Value.ContainsKey(Bare(name)) ? Read(name, "", line, Constants(line)) : null;

    /// <summary>The argument of a parameter; null where none is typed.</summary>
    public T? Get<T>(string parameter) where T : class =>
        _arguments.Contains(parameter) && LanguagePrimitives.TryConvertTo<T>(_arguments[parameter], out var value) ? value : null;

    /// <summary>A path as the session means it.</summary>
    public string? GetPath(string parameter) => Get<string>(parameter) is { } path ? _paths.GetUnresolvedProviderPathFromPSPath(path) : null;

    /// <summary>The folder that the session is in.</summary>
    public string Folder => _paths.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The cluster that it means, by the rule of the cmdlets.</summary>
    public KubeApi Connect() => Connect(Get<string>(nameof(ConnectionCmdlet.Context)));

    /// <summary>The cluster that it means where it names this context.</summary>
    public KubeApi Connect(string? context) =>
        new(Get<KubeConnection>(nameof(ConnectionCmdlet.Connection)) ?? Session.Choose(context, RecentConnections.Open)) { PrinterColumns = true };

    /// <summary>What the command chooses from, and the names given so far.</summary>
    public IObjectCommand Objects => (IObjectCommand)Cmdlet;

    static string Bare(string name) => name[(name.LastIndexOf('\\') + 1)..];

    static CommandAst? FindUpstream(CommandAst line) =>
        line.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(line) is > 0 and var at && pipeline.PipelineElements[at - 1] is CommandAst before
            && before.GetCommandName() is { } name && Cmdlets.Value.ContainsKey(Bare(name)) ? before : null;

    /// <summary>The arguments of a command that are known without running anything; null for the others.</summary>
    static Hashtable Constants(CommandAst line)
    {
        var constants = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (parameter, bound) in StaticParameterBinder.BindCommand(line).BoundParameters)
            constants[parameter] = bound.ConstantValue ?? (bound.Value is ArrayLiteralAst { Elements: var elements } && elements.All(element => element is ConstantExpressionAst)
                ? elements.Select(element => ((ConstantExpressionAst)element).Value).ToArray() : null);
        return constants;
    }

    /// <summary>The parameter that a name, an alias or the beginning of one means.</summary>
    string? Resolve(string typed)
    {
        var parameters = Cmdlet.GetType().GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).ToArray();
        var exact = parameters.FirstOrDefault(parameter => (parameter.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Append(parameter.Name).Contains(typed, StringComparer.OrdinalIgnoreCase));
        return (exact ?? parameters.FirstOrDefault(parameter => parameter.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))?.Name;
    }

    void Set(string parameter, object? value)
    {
        if (value is null || Cmdlet.GetType().GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is not { CanWrite: true } property) return;
        // As JoinedListAttribute has it when the command runs.
        if (value is object[] list && property.PropertyType == typeof(string)) value = string.Join(',', list);
        if (LanguagePrimitives.TryConvertTo(value, property.PropertyType, out var converted)) property.SetValue(Cmdlet, converted);
    }
}
