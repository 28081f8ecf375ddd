using System.Net;
using Kube.Http;

namespace Kube.Tests.Http;

public class RetryPolicyTests
{
    [Theory]
    // Reads: what may pass is tried again.
    [InlineData(true, 1, 429, null, 100.0)]
    [InlineData(true, 1, 500, null, 100.0)]
    [InlineData(true, 2, 502, null, 200.0)]
    [InlineData(true, 3, 503, null, 400.0)]
    [InlineData(true, 4, 504, null, 800.0)]
    [InlineData(true, 5, 503, null, null)]
    // What the server asks for is done, unless it asks for more than 30 s.
    [InlineData(true, 1, 429, 7, 7000.0)]
    [InlineData(true, 1, 503, 30, 30000.0)]
    [InlineData(true, 1, 503, 31, null)]
    [InlineData(true, 2, 429, 0, 200.0)]
    // What does not pass is taken as it is.
    [InlineData(true, 1, 501, null, null)]
    [InlineData(true, 1, 505, null, null)]
    [InlineData(true, 1, 200, null, null)]
    [InlineData(true, 1, 401, 1, null)]
    [InlineData(true, 1, 404, 1, null)]
    [InlineData(true, 1, 409, 1, null)]
    // Writes: only where the server says that it did nothing.
    [InlineData(false, 1, 429, 1, 1000.0)]
    [InlineData(false, 1, 429, 0, 100.0)]
    [InlineData(false, 5, 429, 1, null)]
    [InlineData(false, 1, 429, null, null)]
    [InlineData(false, 1, 500, 1, null)]
    [InlineData(false, 1, 503, 1, null)]
    [InlineData(false, 1, 504, null, null)]
    public void After_an_answer(bool read, int attempt, int status, int? retryAfter, double? milliseconds) =>
        Assert.Equal(milliseconds, RetryPolicy.AfterAnswer(read, attempt, (HttpStatusCode)status, retryAfter)?.TotalMilliseconds);

    [Theory]
    [InlineData(true, 1, HttpRequestError.ConnectionError, 100.0)]
    [InlineData(true, 2, HttpRequestError.ConnectionError, 200.0)]
    [InlineData(true, 3, HttpRequestError.ConnectionError, null)]
    [InlineData(false, 1, HttpRequestError.ConnectionError, 100.0)]
    [InlineData(true, 1, HttpRequestError.ResponseEnded, 100.0)]
    [InlineData(false, 1, HttpRequestError.ResponseEnded, null)]
    [InlineData(true, 1, HttpRequestError.HttpProtocolError, 100.0)]
    [InlineData(false, 1, HttpRequestError.HttpProtocolError, null)]
    [InlineData(true, 1, HttpRequestError.Unknown, 100.0)]
    [InlineData(false, 1, HttpRequestError.Unknown, null)]
    [InlineData(true, 1, HttpRequestError.NameResolutionError, null)]
    [InlineData(true, 1, HttpRequestError.SecureConnectionError, null)]
    [InlineData(true, 1, HttpRequestError.InvalidResponse, null)]
    public void After_a_failure(bool read, int attempt, HttpRequestError error, double? milliseconds) =>
        Assert.Equal(milliseconds, RetryPolicy.AfterFailure(read, attempt, error)?.TotalMilliseconds);
}
