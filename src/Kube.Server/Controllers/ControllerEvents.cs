using Kube.Agent.Events;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>What controllers tell of the objects that they act for.</summary>
sealed class ControllerEvents(KubeApi api, TimeProvider time, ILogger log)
{
    readonly EventRecorder _recorder = new(api, ControllerOptions.Write, time, log);

    public void Normal(ControllerIdentity by, ObjectMeta about, string reason, string message) => Normal(by.Component, by.ApiVersion, by.Kind, about, reason, message);

    public void Warning(ControllerIdentity by, ObjectMeta about, string reason, string message) => Warning(by.Component, by.ApiVersion, by.Kind, about, reason, message);

    public void Normal(string component, string apiVersion, string kind, ObjectMeta about, string reason, string message) =>
        _recorder.Record(new EventSource(component), Subject(apiVersion, kind, about), "Normal", reason, message);

    public void Warning(string component, string apiVersion, string kind, ObjectMeta about, string reason, string message) =>
        _recorder.Record(new EventSource(component), Subject(apiVersion, kind, about), "Warning", reason, message);

    /// <summary>Writes events until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => _recorder.RunAsync(cancel);

    static EventSubject Subject(string apiVersion, string kind, ObjectMeta about) => new(apiVersion, kind, about.Namespace, about.Name, about.Uid);
}
