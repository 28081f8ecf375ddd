using System.Net;

namespace Kube.Http;

/// <summary>Whether a request that failed is worth another try, and after how long. Pure.</summary>
/// <remarks>Reads are tried again on 429, on 5xx that may pass and on connection failures; writes only where the server did nothing with
/// them: 429 with <c>Retry-After</c>, or no connection at all.</remarks>
static class RetryPolicy
{
    const int MaxAttempts = 5, MaxConnectAttempts = 3;
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromSeconds(2), LongestAsked = TimeSpan.FromSeconds(30);

    /// <summary>After an answer. Null: take it as it is.</summary>
    /// <param name="read">Whether the request changes nothing.</param>
    /// <param name="attempt">How many attempts were made, from 1.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="retryAfter">What the server asks for, in seconds.</param>
    public static TimeSpan? AfterAnswer(bool read, int attempt, HttpStatusCode status, int? retryAfter)
    {
        var passing = status is HttpStatusCode.TooManyRequests || ((int)status >= 500 && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported));
        if (attempt >= MaxAttempts || !passing) return null;
        if (!read && (status is not HttpStatusCode.TooManyRequests || retryAfter is null)) return null;
        if (retryAfter is not { } seconds) return Delay(attempt);
        var asked = TimeSpan.FromSeconds(seconds);
        return asked > LongestAsked ? null : asked > TimeSpan.Zero ? asked : Delay(attempt);
    }

    /// <summary>After a failure without an answer. Null: report it.</summary>
    public static TimeSpan? AfterFailure(bool read, int attempt, HttpRequestError error)
    {
        if (attempt >= MaxConnectAttempts) return null;
        var passing = error switch
        {
            HttpRequestError.ConnectionError => true,
            HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.Unknown => read,
            _ => false,
        };
        return passing ? Delay(attempt) : null;
    }

    static TimeSpan Delay(int attempt)
    {
        var delay = First * Math.Pow(2, attempt - 1);
        return delay < Longest ? delay : Longest;
    }
}
