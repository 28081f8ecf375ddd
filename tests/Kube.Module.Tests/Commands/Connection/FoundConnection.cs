using System.Collections;
using System.Management.Automation;

namespace Kube.Module.Tests.Commands.Connection;

/// <summary>What Test-KubeConnection wrote, as scripts see it.</summary>
sealed record FoundConnection(bool IsUsable, FoundStep[] Steps, PSObject Object)
{
    public static FoundConnection Of(PSObject test) => new((bool)test.Properties["IsUsable"].Value,
        [.. ((IEnumerable)test.Properties["Steps"].Value).Cast<object>().Select(step => FoundStep.Of(new PSObject(step)))], test);

    public object? this[string property] => Object.Properties[property].Value;

    public string[] Texts(string property) => (string[])Object.Properties[property].Value;

    public override string ToString() => string.Join('\n', Steps.Select(step => step.ToString()));
}

/// <summary>One of its steps.</summary>
sealed record FoundStep(string Step, string State, string Message, string? Action)
{
    public static FoundStep Of(PSObject step) => new(Text(step, "Step")!, Text(step, "State")!, Text(step, "Message")!, Text(step, "Action"));

    static string? Text(PSObject step, string name) => step.Properties[name].Value?.ToString();
}

/// <summary>How a kubeconfig's current context is reached.</summary>
sealed record KnownCluster(Uri Server, string? Token, object? ClientCertificate, string AuthorityPem)
{
    public static KnownCluster Of(ModuleSession session, string kubeConfig, string? context = null)
    {
        var options = session.RunForOne("[Kube.Config.KubeConfig]::Load([string] $args[0]).Resolve([NullString]::Value)", kubeConfig);
        if (context is not null) options = session.RunForOne("[Kube.Config.KubeConfig]::Load([string] $args[0]).Resolve($args[1])", kubeConfig, context);
        var authority = session.RunForOne("$args[0].CertificateAuthority[0].ExportCertificatePem()", options);
        return new((Uri)options.Properties["Server"].Value, (string?)options.Properties["Token"].Value, options.Properties["ClientCertificate"].Value, (string)authority.BaseObject);
    }
}
