using Kube.Server.Api;

namespace Kube.Server.Streams;

/// <summary>Kubernetes' <c>PodExecOptions</c> and <c>PodAttachOptions</c>, out of a query.</summary>
/// <param name="Command">The program and its arguments; empty to join the container's own.</param>
sealed record CommandQuery(IReadOnlyList<string> Command)
{
    public bool Stdin { get; init; }
    public bool Stdout { get; init; }
    public bool Stderr { get; init; }
    public bool Tty { get; init; }

    /// <exception cref="StatusException">It asks for nothing, or for what cannot be.</exception>
    public static CommandQuery ReadExec(IQueryCollection query) => Read(query) switch
    {
        { Command: [] } => throw Failures.BadRequest("you must specify at least one command"),
        { Command: [{ Length: 0 }, ..] } => throw Failures.BadRequest("the command's first word is its program, and it is empty"),
        var found => found,
    };

    /// <inheritdoc cref="ReadExec"/>
    public static CommandQuery ReadAttach(IQueryCollection query) => Read(query) with { Command = [] };

    static CommandQuery Read(IQueryCollection query)
    {
        var found = new CommandQuery([.. query["command"].Select(word => word ?? "")])
        {
            // The second names are those by which Kubernetes' API server asks nodes.
            Stdin = Switch(query, "stdin") || Switch(query, "input"),
            Stdout = Switch(query, "stdout") || Switch(query, "output"),
            Stderr = Switch(query, "stderr") || Switch(query, "error"),
            Tty = Switch(query, "tty"),
        };
        if (!found.Stdin && !found.Stdout && !found.Stderr) throw Failures.BadRequest("you must specify at least 1 of stdin, stdout, stderr");
        return found.Tty && found.Stderr ? throw Failures.BadRequest("tty and stderr cannot both be true") : found;
    }

    static bool Switch(IQueryCollection query, string name) => query[name] is [var text, ..] && text is not ("false" or "0" or "");
}
