using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>
/// A cmdlet whose asynchronous work ends with it: by Ctrl+C, and by a command further down that has seen enough
/// (<c>Select-Object -First</c>), for which PowerShell calls nothing but <see cref="Dispose"/>.
/// </summary>
public abstract class CancellableCmdlet : PSCmdlet, IDisposable
{
    readonly CancellationTokenSource _cancellation = new();

    /// <summary>Captures the token once: it stays valid after the source is cancelled, which is never disposed.</summary>
    protected CancellableCmdlet() => Cancel = _cancellation.Token;

    /// <summary>Cancelled as soon as the cmdlet's output is no longer wanted.</summary>
    protected CancellationToken Cancel { get; }

    /// <summary>What happens before the first input.</summary>
    protected virtual void Begin() { }

    /// <summary>What happens for each input.</summary>
    protected virtual void Process() { }

    /// <summary>What happens after the last input.</summary>
    protected virtual void End() { }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits on the pipeline's thread, which alone may write.</summary>
    protected static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <inheritdoc cref="Await{T}(Task{T})"/>
    protected static void Await(Task task) => task.GetAwaiter().GetResult();

    /// <summary>Hands each item on as it arrives.</summary>
    protected void ForEach<T>(IAsyncEnumerable<T> items, Action<T> action) => ForEach(items, item =>
    {
        action(item);
        return true;
    });

    /// <summary>Hands each item on as it arrives, until one is said to be the last.</summary>
    /// <param name="items">The items.</param>
    /// <param name="action">Takes one, and says whether to go on.</param>
    protected void ForEach<T>(IAsyncEnumerable<T> items, Func<T, bool> action)
    {
        var enumerator = items.GetAsyncEnumerator(Cancel);
        try
        {
            while (Await(enumerator.MoveNextAsync().AsTask()) && action(enumerator.Current)) { }
        }
        finally
        {
            Await(enumerator.DisposeAsync().AsTask());
        }
    }

    /// <summary>Does one thing of many: what goes wrong with it is an error of its own, and the rest goes on.</summary>
    /// <param name="target">What the error is about.</param>
    /// <param name="action">What to do.</param>
    protected void Try(object? target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (Errors.IsForOneTarget(exception))
        {
            WriteError(Errors.ToRecord(exception, target));
        }
    }

    /// <summary>Asks whether to go ahead, as <c>-WhatIf</c>, <c>-Confirm</c> and the impact say.</summary>
    /// <returns>False when nothing may happen.</returns>
    protected bool Confirm(string target, string action) => Ask(target, action, () => ShouldProcess(target, action));

    /// <summary>Asks once for something that consists of several; <c>-WhatIf</c> names each of them.</summary>
    /// <param name="target">What it is done to.</param>
    /// <param name="action">What is done.</param>
    /// <param name="parts">What it is done to in particular.</param>
    /// <param name="partAction">What is done to each.</param>
    private protected bool ConfirmEach(string target, string action, IEnumerable<string> parts, string partAction)
    {
        var reason = ShouldProcessReason.None;
        var description = $"Performing the operation \"{action}\" on target \"{target}\".";
        if (Ask(target, action, () => ShouldProcess(description, description, "Are you sure you want to perform this action?", out reason))) return true;
        // The answer to each is no, and each is named.
        if (reason == ShouldProcessReason.WhatIf)
            foreach (var part in parts) ShouldProcess(part, partAction);
        return false;
    }

    /// <summary>Asks as <see cref="Confirm"/> does, with the impact High where the cmdlet's own is lower.</summary>
    protected bool ConfirmHigh(string target, string action) => Ask(target, action, () =>
        ShouldProcess(target, action) && (MyInvocation.BoundParameters.ContainsKey("Confirm") || !PreferenceIsHigh || ShouldContinue($"{action} '{target}'?", "Confirm")));

    /// <summary>At None nothing is asked; below High the cmdlet's own impact has had its question.</summary>
    bool PreferenceIsHigh => LanguagePrimitives.ConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference", ConfirmImpact.High)) == ConfirmImpact.High;

    static bool Ask(string target, string action, Func<bool> question)
    {
        try
        {
            return question();
        }
        catch (Exception exception) when (exception is PSInvalidOperationException or PSNotImplementedException or System.Management.Automation.Host.HostException or NullReferenceException)
        {
            // Each host has its own way to say that it cannot ask; the console host's, where standard input is at its end as in a scheduled job, is a null reference.
            throw new KubeCmdletException(Errors.ConfirmationRequired, $"{action} '{target}' needs a confirmation, and this host cannot ask for one.", exception);
        }
    }

    void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (Cancel.IsCancellationRequested)
        {
            // Nobody waits for the rest.
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (Errors.IsKnown(exception))
        {
            ThrowTerminatingError(Errors.ToRecord(exception, null));
        }
    }
}
