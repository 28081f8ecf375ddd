using System.Management.Automation;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>
/// Tests that hold for every cluster: an abstract class has them, and two leaves of a line each run them against the embedded server and
/// against the lab's Kubernetes. Each test has a session, and a namespace of its own in which the session acts.
/// </summary>
public abstract class EndToEndTests : IDisposable
{
    readonly Place _place;

    protected EndToEndTests(TestCluster cluster)
    {
        Cluster = cluster;
        Session = cluster.Connect(width: 120);
        _place = new Place(Session, cluster);
        Session.Run("$image = $args[0]", Lab.Image);
    }

    protected TestCluster Cluster { get; }

    /// <summary>Whether this is Kube's own server, which says by name what it does not have.</summary>
    protected bool IsEmbedded => Cluster is StartedCluster;

    /// <summary>Acts in the test's namespace; <c>$image</c> is an image with a shell that is there without a pull.</summary>
    protected ModuleSession Session { get; }

    /// <summary>The test's namespace.</summary>
    protected string Namespace => _place.Name;

    /// <summary>Runs a script in which nothing may go wrong.</summary>
    protected IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        var output = Session.Run(script, arguments);
        Assert.True(Session.Errors.Count == 0, $"{script}\n{string.Join('\n', Session.Errors)}");
        return output;
    }

    /// <summary>Runs a script in which nothing may go wrong, and returns what it writes as text, joined by spaces.</summary>
    protected string Text(string script, params object?[] arguments) => string.Join(' ', Run(script, arguments));

    /// <summary>Runs a script that must write one error that does not end it, with this id.</summary>
    protected ErrorRecord Refused(string id, string script, params object?[] arguments)
    {
        Session.Run(script, arguments);
        var error = Assert.Single(Session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }

    /// <summary>Repeats a script until it writes $true.</summary>
    protected void WaitUntil(string condition, int seconds = 120) => TestCluster.WaitUntil(Session, condition, seconds);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _place.Dispose();
        Session.Dispose();
    }
}
