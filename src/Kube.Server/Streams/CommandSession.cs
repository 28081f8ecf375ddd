using Kube.Agent;
using Kube.Agent.Runtime;

namespace Kube.Server.Streams;

/// <summary>A command in a container, or the container's own program, with a client at the other end of its streams.</summary>
static class CommandSession
{
    public static Task ExecAsync(HttpContext context, NodeContainer container, CommandQuery query) => RunAsync(context, query, async (client, write, cancel) =>
        CommandOutcome.Exited(await container.ExecAsync(new ExecRequest(query.Command)
        {
            Tty = query.Tty,
            Input = query.Stdin ? client.Input : null,
            Sizes = query.Tty ? client.Sizes : null,
        }, write, cancel)));

    public static Task AttachAsync(HttpContext context, NodeContainer container, CommandQuery query) => RunAsync(context, query, async (client, write, cancel) =>
    {
        await container.AttachAsync(new AttachRequest { Input = query.Stdin ? client.Input : null, Sizes = query.Tty ? client.Sizes : null }, write, cancel);
        return CommandOutcome.Success;
    });

    static async Task RunAsync(HttpContext context, CommandQuery query, Func<CommandClient, Func<ExecFrame, ValueTask>, CancellationToken, Task<CommandOutcome>> run)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await using var client = await StreamUpgrade.AcceptCommandAsync(context, query);
        if (client is null) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(client.Gone, stopping);
        CommandOutcome outcome;
        try
        {
            outcome = await run(client, frame => (frame.IsError ? query.Stderr : query.Stdout) ? client.WriteAsync(frame.IsError, frame.Bytes, ended.Token) : ValueTask.CompletedTask, ended.Token);
        }
        catch (NodeEndpointException e)
        {
            outcome = CommandOutcome.Failed(e.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            outcome = CommandOutcome.Failed("the server is shutting down; nobody knows how the command ends");
        }
        catch (OperationCanceledException)
        {
            // The client is gone: there is no one to tell.
            return;
        }
        await client.FinishAsync(outcome);
    }
}
