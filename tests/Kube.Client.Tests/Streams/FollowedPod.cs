using System.Collections.Concurrent;
using System.Globalization;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Streams;

/// <summary>A pod whose log is served as an API server does, in whole seconds, and as a test breaks it.</summary>
sealed class FollowedPod
{
    static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly ConcurrentQueue<string> _asked = new();

    /// <summary>The queries of the log, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>What the pod says each time it is looked at; the last one holds.</summary>
    public Queue<string> Looks { get; } = new();

    /// <summary>The lines of each attempt: milliseconds and text.</summary>
    public List<(int Time, string Text)>[] Attempts { get; init; } = [];

    /// <summary>What comes of the n-th request for a log, counted from 0.</summary>
    public Func<int, Answer> Answers { get; init; } = _ => new Answer();

    /// <summary>An answer: so many of the lines, half a line more, and then the end or a break; or an error.</summary>
    public sealed record Answer(int Lines = int.MaxValue, string Half = "", bool Breaks = false, int Status = 200, int Attempt = 0, int Previous = 0);

    public const string Waiting = """ "phase":"Pending","containerStatuses":[{"name":"c","restartCount":0,"state":{"waiting":{"reason":"ImagePullBackOff"}}}] """;

    public static string Running(int attempt) => $$$$""" "phase":"Running","containerStatuses":[{"name":"c","restartCount":{{{{attempt}}}},"containerID":"docker://{{{{attempt}}}}","state":{"running":{}}}] """;

    public static string Ended(int attempt) => $$$$""" "phase":"Running","containerStatuses":[{"name":"c","restartCount":{{{{attempt}}}},"containerID":"docker://{{{{attempt}}}}","state":{"terminated":{"exitCode":1}}}] """;

    public static string Over(int attempt) => $$$$""" "phase":"Succeeded","containerStatuses":[{"name":"c","restartCount":{{{{attempt}}}},"containerID":"docker://{{{{attempt}}}}","state":{"terminated":{"exitCode":0}}}] """;

    public const string Gone = "";

    /// <summary>Follows the log to its end, as text.</summary>
    public async Task<(List<string> Lines, List<KubeLogNotice> Notices)> FollowAsync(LogOptions? options = null)
    {
        await using var server = await TestApi.StartAsync(AnswerAsync);
        using var connection = new KubeConnection(server.Options());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (lines, notices) = (new List<string>(), new List<KubeLogNotice>());
        await foreach (var batch in new KubeApi(connection).ReadLogTextAsync("a", "web", (options ?? new LogOptions()) with { Container = "c", Follow = true }, true, notices.Add, limit.Token))
            lines.AddRange(batch.Select(line => line.Text));
        return (lines, notices);
    }

    async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Path.Value!.EndsWith("/log", StringComparison.Ordinal))
        {
            var status = Looks.Count > 1 ? Looks.Dequeue() : Looks.Peek();
            if (status == Gone) await TestApi.Json(context, """{"kind":"Status","reason":"NotFound","message":"pods \"web\" not found","code":404}""", 404);
            else await TestApi.Json(context, $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"a","uid":"1"},"spec":{"restartPolicy":"Always","containers":[{"name":"c"}]},"status":{ {{status}} } }""");
            return;
        }
        var query = context.Request.Query;
        var answer = Answers(_asked.Count);
        _asked.Enqueue(context.Request.QueryString.Value!);
        if (answer.Status != 200)
        {
            await TestApi.Json(context, $$"""{"kind":"Status","reason":"InternalError","message":"no way to the node","code":{{answer.Status}}}""", answer.Status);
            return;
        }
        var attempt = query.ContainsKey("previous") ? answer.Previous : answer.Attempt;
        var since = query["sinceTime"] is [{ } text] ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
        var lines = Attempts[attempt].Take(answer.Lines).Where(line => Epoch.AddMilliseconds(line.Time) >= since);
        if (query["tailLines"] is [{ } tail]) lines = lines.TakeLast(int.Parse(tail, CultureInfo.InvariantCulture));
        foreach (var (time, line) in lines) await context.Response.WriteAsync($"{Epoch.AddMilliseconds(time):yyyy-MM-ddTHH:mm:ss.fffffff}00Z {line}\n");
        await context.Response.WriteAsync(answer.Half);
        await context.Response.Body.FlushAsync();
        // What is written arrives, and the end is missing.
        if (answer.Breaks) throw new IOException("The test breaks the connection.");
    }
}
