using System.Management.Automation;
using Kube.Manifests;
using Kube.Registry;

namespace Kube.Module.Base;

/// <summary>All errors, and the only place where exceptions become error records.</summary>
public static class Errors
{
    /// <summary>Nothing to talk to.</summary>
    public static readonly ErrorDefinition NotConnected = new("KubeNotConnected", "no cluster is connected", ErrorCategory.ConnectionError,
        "Start a cluster with Start-KubeCluster, or choose one with Connect-KubeCluster -Context NAME (Get-KubeContext lists them).") { OneTarget = false };

    /// <summary>The kubeconfig cannot be used.</summary>
    public static readonly ErrorDefinition ConfigInvalid = new("KubeConfigInvalid", "the kubeconfig is missing, unreadable or contradictory", ErrorCategory.InvalidData,
        "Correct the file, or name another in $env:KUBECONFIG.") { OneTarget = false };

    /// <summary>The server is not reached.</summary>
    public static readonly ErrorDefinition Unreachable = new("KubeUnreachable", "the API server does not answer", ErrorCategory.ConnectionError,
        "Check that the cluster runs (Get-KubeCluster for one of Kube's own) and that its address can be reached from here.") { OneTarget = false };

    /// <summary>No answer in time.</summary>
    public static readonly ErrorDefinition Timeout = new("KubeTimeout", "no answer came in time", ErrorCategory.OperationTimeout,
        "Try again, or allow more time with -TimeoutSec.");

    /// <summary>TLS does not trust the server.</summary>
    public static readonly ErrorDefinition CertificateInvalid = new("KubeCertificateInvalid", "the server's certificate is not trusted or is for another name", ErrorCategory.SecurityError,
        "Use the address that the certificate names, or correct certificate-authority or tls-server-name in the kubeconfig.") { OneTarget = false };

    /// <summary>Something else answers.</summary>
    public static readonly ErrorDefinition NotKubernetes = new("KubeNotKubernetes", "what answers at the address is not a Kubernetes API", ErrorCategory.ProtocolError,
        "Check the server's address and port in the kubeconfig; a proxy or login page may stand in front of it.") { OneTarget = false };

    /// <summary>No credentials.</summary>
    public static readonly ErrorDefinition LoginFailed = new("KubeLoginFailed", "the kubeconfig's credential plugin or identity provider gives no credentials", ErrorCategory.AuthenticationError,
        "Do what the message says; usually it is to log in again with the tool that belongs to the plugin.") { OneTarget = false };

    /// <summary>401.</summary>
    public static readonly ErrorDefinition Unauthorized = new("KubeUnauthorized", "the server does not know who asks", ErrorCategory.AuthenticationError,
        "The token or certificate is wrong or has expired: log in again, or choose another context.") { OneTarget = false };

    /// <summary>403.</summary>
    public static readonly ErrorDefinition Forbidden = new("KubeForbidden", "the server does not allow it", ErrorCategory.PermissionDenied,
        "Ask for a role with the verb and resource that the message names, or act as somebody else with -Context.");

    /// <summary>404.</summary>
    public static readonly ErrorDefinition NotFound = new("KubeNotFound", "there is no such object", ErrorCategory.ObjectNotFound,
        "Check the name and the namespace (-Namespace, or -AllNamespaces to look everywhere); wildcards such as 'web*' find by part of a name.");

    /// <summary>409 of a create.</summary>
    public static readonly ErrorDefinition AlreadyExists = new("KubeAlreadyExists", "an object of that name exists", ErrorCategory.ResourceExists,
        "Choose another name, or remove the existing object first.");

    /// <summary>409 of a change.</summary>
    public static readonly ErrorDefinition Conflict = new("KubeConflict", "somebody else has changed the object meanwhile", ErrorCategory.ResourceBusy,
        "Read the object again and repeat the change.");

    /// <summary>422 and 400.</summary>
    public static readonly ErrorDefinition Invalid = new("KubeInvalid", "the server finds the object or request invalid", ErrorCategory.InvalidData,
        "Correct what the message names.");

    /// <summary>405 and the like.</summary>
    public static readonly ErrorDefinition NotSupported = new("KubeNotSupported", "the server does not do that", ErrorCategory.NotImplemented,
        "Get-KubeApiResource shows what the server can do with each kind.");

    /// <summary>410.</summary>
    public static readonly ErrorDefinition Expired = new("KubeExpired", "the version asked for is gone", ErrorCategory.ResourceUnavailable,
        "Repeat the command: it starts from the present state.");

    /// <summary>429.</summary>
    public static readonly ErrorDefinition TooManyRequests = new("KubeTooManyRequests", "the server asks for patience", ErrorCategory.LimitsExceeded,
        "Wait a moment and repeat the command.");

    /// <summary>5xx.</summary>
    public static readonly ErrorDefinition ServerFailed = new("KubeServerFailed", "the server failed", ErrorCategory.InvalidResult,
        "Repeat the command; if it fails again, look into the API server's log.");

    /// <summary>A stream broke.</summary>
    public static readonly ErrorDefinition StreamBroken = new("KubeStreamBroken", "a list, watch or log ended before its time", ErrorCategory.ReadError,
        "Repeat the command.");

    /// <summary>A command did not end well.</summary>
    public static readonly ErrorDefinition CommandFailed = new("KubeCommandFailed", "a command in a container ended with another exit code than 0", ErrorCategory.InvalidResult,
        "Look at what it wrote to standard error. With -AsResult the exit code is part of the result, and no error.");

    /// <summary>SPDY alone, or too old.</summary>
    public static readonly ErrorDefinition StreamUnsupported = new("KubeStreamUnsupported", "the server opens no stream over a WebSocket that Kube speaks", ErrorCategory.NotImplemented,
        "Update the cluster to Kubernetes 1.30 or later, or let proxies in front of it pass WebSockets on.");

    /// <summary>No terminal.</summary>
    public static readonly ErrorDefinition TerminalMissing = new("KubeTerminalMissing", "there is no terminal to work in", ErrorCategory.InvalidOperation,
        "Call it at the prompt of a terminal; in scripts run commands with Invoke-KubeCommand.") { OneTarget = false };

    /// <summary>Copying failed.</summary>
    public static readonly ErrorDefinition CopyFailed = new("KubeCopyFailed", "files cannot be copied to or from a container", ErrorCategory.InvalidResult,
        "The message says what is in the way: a path that does not exist, permissions, or a container without tar.");

    /// <summary>An archive that reaches out.</summary>
    public static readonly ErrorDefinition PathUnsafe = new("KubePathUnsafe", "a container offers a file whose path leads out of the destination", ErrorCategory.SecurityError,
        "Do not trust what the container sends; nothing was written outside of the destination.");

    /// <summary>A local port.</summary>
    public static readonly ErrorDefinition PortUnavailable = new("KubePortUnavailable", "a local port cannot be listened on", ErrorCategory.ResourceUnavailable,
        "Choose another local port, or 0 for any that is free.");

    /// <summary>No such forward.</summary>
    public static readonly ErrorDefinition PortForwardNotFound = new("KubePortForwardNotFound", "there is no port-forward of that number", ErrorCategory.ObjectNotFound,
        "Get-KubePortForward lists those of this session.");

    /// <summary>A manifest is at fault.</summary>
    public static readonly ErrorDefinition ManifestInvalid = new("KubeManifestInvalid", "a manifest cannot be read", ErrorCategory.InvalidData,
        "Correct the manifest at the place that the message names; nothing was created.") { OneTarget = false };

    /// <summary>There is no manifest.</summary>
    public static readonly ErrorDefinition ManifestNotFound = new("KubeManifestNotFound", "there is no manifest at the path or URL", ErrorCategory.ObjectNotFound,
        "Check the path or URL; nothing was created.") { OneTarget = false };

    /// <summary>A manifest may not be read.</summary>
    public static readonly ErrorDefinition ManifestDenied = new("KubeManifestDenied", "the manifest may not be read", ErrorCategory.PermissionDenied,
        "Give -Credential, -Token or -Headers for the URL, or make the file readable; nothing was created.") { OneTarget = false };

    /// <summary>A manifest did not arrive.</summary>
    public static readonly ErrorDefinition ManifestUnreachable = new("KubeManifestUnreachable", "the URL of a manifest is not reached or does not answer in time", ErrorCategory.ConnectionError,
        "Check that the URL can be reached from here, or allow more time with -TimeoutSec; nothing was created.") { OneTarget = false };

    /// <summary>An object of another kind than the cmdlet's.</summary>
    public static readonly ErrorDefinition WrongKind = new("KubeWrongKind", "an object is of another kind than the cmdlet's", ErrorCategory.InvalidType,
        "Use the cmdlet of that kind, or one of the Kube…Resource cmdlets, which take any kind.");

    /// <summary>A kind that the server does not have.</summary>
    public static readonly ErrorDefinition UnknownKind = new("KubeUnknownKind", "the server has no such kind", ErrorCategory.InvalidArgument,
        "Check the spelling: 'pods', 'po', 'Pod' and 'deployments.apps' are forms of a kind's name; the object's stands behind it, as in deploy/web. A custom kind is there once its definition is.");

    /// <summary>A field that a kind does not have.</summary>
    public static readonly ErrorDefinition UnknownField = new("KubeUnknownField", "the server has no such kind or field, or does not describe it", ErrorCategory.InvalidArgument,
        "Begin with a kind, such as 'pod', and go on with one of the fields that the message names: Tab completes them.");

    /// <summary>An object of one cluster for another.</summary>
    public static readonly ErrorDefinition WrongConnection = new("KubeWrongConnection", "an object from one cluster meets a command for another", ErrorCategory.InvalidArgument,
        "Leave -Context and -Connection out: an object is acted on where it came from.");

    /// <summary>The namespace is contradictory.</summary>
    public static readonly ErrorDefinition NamespaceMismatch = new("KubeNamespaceMismatch", "the namespace of a manifest or of an object from the pipeline contradicts -Namespace", ErrorCategory.InvalidArgument,
        "Leave -Namespace out, or take the namespace out of the manifest.") { OneTarget = false };

    /// <summary>Parameters that do not go together.</summary>
    public static readonly ErrorDefinition ParameterInvalid = new("KubeParameterInvalid", "parameters are missing or do not go together", ErrorCategory.InvalidArgument,
        "Do what the message says; Get-Help with the command's name shows what each parameter takes and which go together.") { OneTarget = false };

    /// <summary>Nobody can be asked.</summary>
    public static readonly ErrorDefinition ConfirmationRequired = new("KubeConfirmationRequired", "a change needs a confirmation and the host cannot ask", ErrorCategory.InvalidOperation,
        "Say -Confirm:$false to go ahead without being asked.") { OneTarget = false };

    /// <summary>Waiting has come to an end.</summary>
    public static readonly ErrorDefinition WaitTimeout = new("KubeWaitTimeout", "what was waited for did not come in time", ErrorCategory.OperationTimeout,
        "The message says what holds it up. Allow more time with -TimeoutSec, or look at Get-KubeEvent and Get-KubeContainerStatus.");

    /// <summary>What was waited for cannot come any more.</summary>
    public static readonly ErrorDefinition WaitFailed = new("KubeWaitFailed", "what was waited for cannot come any more", ErrorCategory.InvalidResult,
        "Look at Get-KubeLog and Get-KubeContainerStatus for the reason.");

    /// <summary>Nobody measures.</summary>
    public static readonly ErrorDefinition MetricsMissing = new("KubeMetricsMissing", "the cluster has no metrics", ErrorCategory.NotInstalled,
        "Install metrics-server (https://github.com/kubernetes-sigs/metrics-server), or ask the nodes themselves with -FromNode, for which get on nodes/proxy must be allowed.") { OneTarget = false };

    /// <summary>Nothing was measured.</summary>
    public static readonly ErrorDefinition NotMeasured = new("KubeNotMeasured", "a node or pod has no metrics", ErrorCategory.ObjectNotFound,
        "Pods are measured while they run, some seconds after their start; wait a moment and repeat the command.");

    /// <summary>Pods would be lost.</summary>
    public static readonly ErrorDefinition NodeBlocked = new("KubeNodeBlocked", "pods stand in the way of clearing a node: something would be lost with them", ErrorCategory.ResourceBusy,
        "Allow the loss with the switch that the message names beside each pod, or move those pods first; -PodSelector leaves pods out.");

    /// <summary>The embedded server did not start.</summary>
    public static readonly ErrorDefinition ClusterStartFailed = new("KubeClusterStartFailed", "the embedded cluster did not start", ErrorCategory.OpenError,
        "The message is what the server said: correct what it names, and start the cluster again.") { OneTarget = false };

    /// <summary>There is no such cluster.</summary>
    public static readonly ErrorDefinition ClusterNotFound = new("KubeClusterNotFound", "there is no embedded cluster of that name", ErrorCategory.ObjectNotFound,
        "Get-KubeCluster lists those there are; Start-KubeCluster makes one.");

    /// <summary>It runs already.</summary>
    public static readonly ErrorDefinition ClusterRunning = new("KubeClusterRunning", "the embedded cluster runs already, with other settings", ErrorCategory.ResourceExists,
        "Leave the settings out to connect to it as it is, or stop it first with Stop-KubeCluster.") { OneTarget = false };

    /// <summary>The proxy ended at once.</summary>
    public static readonly ErrorDefinition ProxyStartFailed = new("KubeProxyStartFailed", "the proxy did not start", ErrorCategory.OpenError,
        "The message is what the proxy said: correct what it names, and start it again.") { OneTarget = false };

    /// <summary>No such proxy.</summary>
    public static readonly ErrorDefinition ProxyNotFound = new("KubeProxyNotFound", "there is no proxy of that name", ErrorCategory.ObjectNotFound,
        "Get-KubeProxy lists those there are; Start-KubeProxy makes one.");

    /// <summary>It runs.</summary>
    public static readonly ErrorDefinition ProxyRunning = new("KubeProxyRunning", "a proxy of that name runs already", ErrorCategory.ResourceExists,
        "Use it as it is (Get-KubeProxy), stop it first with Stop-KubeProxy, or choose another -Name.") { OneTarget = false };

    /// <summary>The agent ended at once.</summary>
    public static readonly ErrorDefinition AgentStartFailed = new("KubeAgentStartFailed", "the agent did not start", ErrorCategory.OpenError,
        "The message is what the agent said: correct what it names, and start it again.") { OneTarget = false };

    /// <summary>No such agent.</summary>
    public static readonly ErrorDefinition AgentNotFound = new("KubeAgentNotFound", "there is no agent of that name", ErrorCategory.ObjectNotFound,
        "Get-KubeAgent lists those there are; Start-KubeAgent makes one.");

    /// <summary>It runs.</summary>
    public static readonly ErrorDefinition AgentRunning = new("KubeAgentRunning", "an agent of that name runs already", ErrorCategory.ResourceExists,
        "Use it as it is (Get-KubeAgent), stop it first with Stop-KubeAgent, or choose another -Name.") { OneTarget = false };

    /// <summary>It is another cluster's.</summary>
    public static readonly ErrorDefinition AgentElsewhere = new("KubeAgentElsewhere", "an agent of that name belongs to another cluster", ErrorCategory.ResourceExists,
        "Name its own cluster with -Context or -Connection, choose another -Name, or remove it first with Stop-KubeAgent -Remove.") { OneTarget = false };

    /// <summary>There is no such context.</summary>
    public static readonly ErrorDefinition ContextNotFound = new("KubeContextNotFound", "the kubeconfig has no context of that name", ErrorCategory.ObjectNotFound,
        "Get-KubeContext lists those there are; $env:KUBECONFIG says which files are read. One of Kube's own clusters is entered with Start-KubeCluster NAME.");

    /// <summary>A context of the name is another cluster's.</summary>
    public static readonly ErrorDefinition ContextExists = new("KubeContextExists", "the kubeconfig has another context of that name", ErrorCategory.ResourceExists,
        "Choose another name with -Context, or say -Force to write over it.") { OneTarget = false };

    /// <summary>A client certificate that is none.</summary>
    public static readonly ErrorDefinition ClientCertificateInvalid = new("KubeClientCertificateInvalid", "a client certificate, its key or a certificate authority cannot be read", ErrorCategory.InvalidData,
        "Give a certificate with its key: a PEM file (with -KeyPath where the key has a file of its own) or a PFX file, with -CertificatePassword where it has one.") { OneTarget = false };

    /// <summary>The runtime is missing.</summary>
    public static readonly ErrorDefinition RuntimeMissing = new("KubeRuntimeMissing", "the ASP.NET Core runtime that the embedded cluster needs is missing", ErrorCategory.NotInstalled,
        "Install the ASP.NET Core 10 runtime: https://dotnet.microsoft.com/download/dotnet/10.0") { OneTarget = false };

    /// <summary>Registry credentials.</summary>
    public static readonly ErrorDefinition CredentialInvalid = new("KubeCredentialInvalid", "registry credentials cannot be read or written", ErrorCategory.InvalidData,
        "Correct the file or the credential helper that the message names.");

    /// <summary>No registry credential.</summary>
    public static readonly ErrorDefinition CredentialNotFound = new("KubeCredentialNotFound", "no credential is configured for a registry", ErrorCategory.ObjectNotFound,
        "Get-KubeRegistryCredential lists the registries that have one; Set-KubeRegistryCredential keeps one.");

    /// <summary>What to do where there is no such namespace.</summary>
    internal const string NamespaceAdvice = "Get-KubeNamespace lists the namespaces there are; New-KubeNamespace makes one.";

    /// <summary>Every error there is, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
        [.. typeof(Errors).GetFields().Where(field => field.FieldType == typeof(ErrorDefinition)).Select(field => (ErrorDefinition)field.GetValue(null)!).OrderBy(error => error.Id, StringComparer.Ordinal)];

    /// <summary>Whether an exception is one of those that have a definition.</summary>
    internal static bool IsKnown(Exception exception) => Define(exception) is not null;

    /// <summary>Whether only the one target is at fault.</summary>
    internal static bool IsForOneTarget(Exception exception) => Define(exception) is { OneTarget: true };

    /// <summary>The record for an exception that <see cref="IsKnown"/> knows.</summary>
    internal static ErrorRecord ToRecord(Exception exception, object? target)
    {
        var error = Define(exception) ?? throw new ArgumentException("no error is defined for it", nameof(exception), exception);
        var subject = exception switch
        {
            KubeCmdletException { Target: { } own } => own,
            ManifestException { Source: { } source } => source,
            KubeConfigException { Path: { } path } => path,
            _ => target,
        };
        return new ErrorRecord(exception, error.Id, error.Category, subject) { ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = Advise(exception, error) } };
    }

    static ErrorDefinition? Define(Exception exception) => exception switch
    {
        KubeCmdletException own => own.Error,
        KubeOperationException refused => Define(refused.Status),
        KubeConnectionException { Fault: KubeConnectionFault.Unreachable } => Unreachable,
        KubeConnectionException { Fault: KubeConnectionFault.Timeout } => Timeout with { OneTarget = false },
        KubeConnectionException { Fault: KubeConnectionFault.Certificate } => CertificateInvalid,
        KubeConnectionException { Fault: KubeConnectionFault.NotKubernetes } => NotKubernetes,
        KubeConnectionException { Fault: KubeConnectionFault.Credentials } => LoginFailed,
        KubeConfigException { NothingChosen: true } => NotConnected,
        KubeConfigException { NoSuchContext: true } => ContextNotFound with { OneTarget = false },
        KubeConfigException => ConfigInvalid,
        KubeStreamException => StreamBroken,
        ManifestException { Fault: ManifestFault.NotFound } => ManifestNotFound,
        ManifestException { Fault: ManifestFault.Denied } => ManifestDenied,
        ManifestException { Fault: ManifestFault.Unreachable or ManifestFault.Timeout } => ManifestUnreachable,
        ManifestException => ManifestInvalid,
        DockerConfigException or CredentialHelperException => CredentialInvalid,
        _ => null,
    };

    static ErrorDefinition Define(KubeStatus status) => status switch
    {
        // Said of a path, not of an object: the kind is known, and this server does not serve it.
        { Reason: "NotFound", Message: "the server could not find the requested resource" } => UnknownKind,
        { Reason: "NotFound" } => NotFound,
        { Reason: KubeStatus.StreamUnsupported } => StreamUnsupported,
        { Reason: "AlreadyExists" } => AlreadyExists,
        { Reason: "Unauthorized" } or { Code: 401 } => Unauthorized,
        { Reason: "Forbidden" } or { Code: 403 } => Forbidden,
        { Reason: "Conflict" } or { Code: 409 } => Conflict,
        { Reason: "Expired" or "Gone" } or { Code: 410 } => Expired,
        { Reason: "MethodNotAllowed" or "NotAcceptable" or "UnsupportedMediaType" } or { Code: 405 or 406 or 415 } => NotSupported,
        { Reason: "TooManyRequests" } or { Code: 429 } => TooManyRequests,
        { Reason: "Timeout" or "ServerTimeout" } or { Code: 504 } => Timeout,
        { Code: 404 } => NotFound,
        { Code: >= 500 } => ServerFailed,
        _ => Invalid,
    };

    static string Advise(Exception exception, ErrorDefinition error) => exception switch
    {
        KubeCmdletException { Advice: { } advice } => advice,
        KubeOperationException { Status: { Reason: "NotFound", Kind: "namespaces" } } => NamespaceAdvice,
        KubeOperationException { Status: { Reason: "NotFound", Kind: { } kind } } when KubeResources.All.Any(resource => resource.Name == kind && !resource.Namespaced) =>
            $"Check the name: Get-KubeResource {kind} lists those there are; wildcards find by part of a name.",
        KubeOperationException { Status: { RetryAfterSeconds: { } seconds, Code: 429 or >= 500 } } => $"Wait {seconds} s and repeat the command.",
        KubeOperationException { Status.Causes: { Count: > 0 } causes } when error == Invalid =>
            "Correct " + string.Join(", ", causes.Select(cause => cause.Field).OfType<string>().Distinct().DefaultIfEmpty("the object")) + ".",
        KubeOperationException { Status.Causes: { Count: > 0 } causes } when causes.All(cause => cause.Reason == "FieldManagerConflict") =>
            $"Leave {string.Join(", ", causes.Select(cause => cause.Field))} out of the manifest, or take {(causes.Count == 1 ? "it" : "them")} over with -Force: {string.Join("; ", causes.Select(cause => cause.Message).Distinct())}.",
        _ => error.Action,
    };
}
