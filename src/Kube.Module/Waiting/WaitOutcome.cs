using Kube.Module.Base;

namespace Kube.Module.Waiting;

/// <summary>What the wait for one object came to.</summary>
/// <param name="Wait">Which one.</param>
/// <param name="Name">The object's name; null where none was there at all.</param>
/// <param name="Subject">The object as it was seen last; null where there is none.</param>
abstract record WaitOutcome(ObjectWait Wait, string? Name, KubeObject? Subject)
{
    /// <summary>It has come.</summary>
    public sealed record Met(ObjectWait Wait, string Name, KubeObject? Subject) : WaitOutcome(Wait, Name, Subject);

    /// <summary>It cannot come any more.</summary>
    public sealed record Never(ObjectWait Wait, string Name, KubeObject? Subject, string Reason) : WaitOutcome(Wait, Name, Subject);

    /// <summary>It has not come in time.</summary>
    public sealed record TimeUp(ObjectWait Wait, string? Name, KubeObject? Subject, string Reason) : WaitOutcome(Wait, Name, Subject);

    /// <summary>The server does not tell.</summary>
    public sealed record Refused(ObjectWait Wait, string? Name, KubeException Error) : WaitOutcome(Wait, Name, null);

    /// <summary>What it is about, such as <c>pods/web</c>.</summary>
    public string Target => Name is null ? Wait.Query.Resource.Name : $"{Wait.Query.Resource.Name}/{Name}";

    /// <summary>The object as it was waited for; null where it is gone.</summary>
    /// <param name="goal">What was waited for, as in "is not …".</param>
    /// <param name="seconds">How long it was waited for.</param>
    /// <exception cref="KubeCmdletException">It did not come in time, or cannot come.</exception>
    public KubeObject? Get(string goal, int seconds) => this switch
    {
        Met => Subject,
        Never never => throw new KubeCmdletException(Errors.WaitFailed, $"{Wait.Query.Resource.Kind} '{Name}' will not be {goal}: {never.Reason}."),
        TimeUp { Name: null } late => throw new KubeCmdletException(Errors.WaitTimeout, $"No {Wait.Query.Resource.Kind} is {goal} after {seconds} s: {late.Reason}."),
        TimeUp late => throw new KubeCmdletException(Errors.WaitTimeout, $"{Wait.Query.Resource.Kind} '{Name}' is not {goal} after {seconds} s: {late.Reason}."),
        Refused refused => throw refused.Error,
        _ => throw new InvalidOperationException($"{this} is no outcome."),
    };
}
