namespace Kube.Agent.Runtime.Docker;

/// <summary>A connection that the engine has handed over.</summary>
/// <param name="http">What it came from, and nothing else uses.</param>
/// <param name="answer">The engine's answer.</param>
/// <param name="stream">Bytes in both directions.</param>
/// <param name="endWriting">Tells the engine that no more will be sent.</param>
sealed class DockerHijack(IDisposable http, IDisposable answer, Stream stream, Func<ValueTask> endWriting) : IDisposable
{
    public Stream Stream { get; } = stream;

    public ValueTask EndWritingAsync() => endWriting();

    public void Dispose()
    {
        Stream.Dispose();
        answer.Dispose();
        http.Dispose();
    }
}
