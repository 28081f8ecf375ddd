namespace Kube.Http;

/// <summary>Sends a request again as <see cref="RetryPolicy"/> says.</summary>
sealed class RetryHandler(HttpMessageHandler inner, Func<TimeSpan, CancellationToken, Task>? wait = null) : DelegatingHandler(inner)
{
    /// <summary>Set on requests whose caller starts again itself.</summary>
    public static readonly HttpRequestOptionsKey<bool> Once = new("Kube.Once");

    readonly Func<TimeSpan, CancellationToken, Task> _wait = wait ?? WaitAsync;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Options.TryGetValue(Once, out var once) && once) return await base.SendAsync(request, cancel).ConfigureAwait(false);
        var read = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan delay;
            try
            {
                var answer = await base.SendAsync(request, cancel).ConfigureAwait(false);
                if (RetryPolicy.AfterAnswer(read, attempt, answer.StatusCode, Answer.RetryAfter(answer)) is not { } pause) return answer;
                answer.Dispose();
                delay = pause;
            }
            catch (HttpRequestException e) when (RetryPolicy.AfterFailure(read, attempt, e.HttpRequestError) is not null)
            {
                delay = RetryPolicy.AfterFailure(read, attempt, e.HttpRequestError)!.Value;
            }
            await _wait(delay, cancel).ConfigureAwait(false);
        }
    }

    // Spread a little, so that many clients do not come back in step.
    static Task WaitAsync(TimeSpan delay, CancellationToken cancel) => Task.Delay(delay * (1 + (0.2 * Random.Shared.NextDouble())), cancel);
}
