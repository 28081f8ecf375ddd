using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace Kube.Agent.Runtime.Docker;

/// <summary>The engine's errors in words for people.</summary>
static class DockerErrors
{
    /// <summary>The engine's own message, out of the JSON that its answer holds.</summary>
    public static string MessageOf(DockerApiException exception) => MessageOf(exception.ResponseBody) ?? $"The Docker Engine answered HTTP {(int)exception.StatusCode}.";

    /// <summary>The message in an answer's body; null when it holds none.</summary>
    public static string? MessageOf(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
                ? message.GetString()!.Trim()
                : null;
        }
        catch (JsonException)
        {
            return body.Trim();
        }
    }

    /// <summary>That no engine answers at an endpoint, why, and what to do.</summary>
    public static string Unavailable(DockerEndpoint endpoint, Exception exception)
    {
        var socket = Inner<SocketException>(exception);
        var advice = socket?.SocketErrorCode switch
        {
            SocketError.AccessDenied => "Your user may not use its socket: join the group 'docker' (sudo usermod -aG docker $USER), then log in again.",
            _ => "Start Docker, or name another engine with -DockerHost, $DOCKER_HOST or 'docker context use'.",
        };
        var reason = socket switch
        {
            { SocketErrorCode: SocketError.AddressNotAvailable } when endpoint.Scheme == "unix" && !File.Exists(endpoint.Path) => "there is no such socket",
            null => Innermost(exception).Message.TrimEnd('.'),
            _ => socket.Message,
        };
        return $"No Docker Engine answers at {endpoint} ({endpoint.Origin}): {reason}. {advice}";
    }

    static T? Inner<T>(Exception? exception) where T : Exception
    {
        while (exception is not (null or T))
            exception = exception.InnerException;
        return (T?)exception;
    }

    static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
