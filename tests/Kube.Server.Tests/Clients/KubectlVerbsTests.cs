using System.Text.RegularExpressions;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Clients;

/// <summary>
/// The verbs of the real kubectl, one after the other, against a whole server with a simulated node. The one on PATH is a must; the environment variable
/// <c>KUBE_LAB_KUBECTLS</c> names more of them, as PATH names folders.
/// </summary>
public class KubectlVerbsTests(KubectlVerbsTests.Fixture fixture) : IClassFixture<KubectlVerbsTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "simulated", "--node-name", "node-1");

    public static TheoryData<string> Programs => [Kubectl.OnPath, .. (Environment.GetEnvironmentVariable("KUBE_LAB_KUBECTLS") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];

    const string Web = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}, annotations: {kube.simulated/log-lines: '3', kube.simulated/exec-output: hello, kube.simulated/exec-exit-code: '3', kube.simulated/cpu: 250m}}
        spec: {containers: [{name: a, image: 'busybox:1.35'}, {name: b, image: 'busybox:1.35'}]}
        """;

    const string Crash = """
        apiVersion: v1
        kind: Pod
        metadata: {name: crash, annotations: {kube.simulated/log-lines: '1', kube.simulated/run-for: 1s, kube.simulated/exit-code: '3'}}
        spec: {containers: [{name: c, image: 'busybox:1.35'}]}
        """;

    const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: dep}
        spec:
          replicas: 1
          selector: {matchLabels: {app: dep}}
          template: {metadata: {labels: {app: dep}}, spec: {containers: [{name: c, image: 'busybox:1.35'}]}}
        """;

    static readonly string Larger = Deployment.Replace("replicas: 1", "replicas: 2", StringComparison.Ordinal);

    static readonly string Elsewhere = Deployment.Replace("matchLabels: {app: dep}", "matchLabels: {app: other}", StringComparison.Ordinal).Replace("labels: {app: dep}", "labels: {app: other}", StringComparison.Ordinal);

    /// <summary>A command line, and what comes of it.</summary>
    /// <param name="Says">A regular expression of what it writes.</param>
    /// <param name="Since">The first minor version that knows it.</param>
    sealed record Step(string Arguments, string Says = "", int Exit = 0, string? Input = null, int Since = 0, string? Editor = null)
    {
        // Editors by the shell, and "diff".
        public bool NeedsUnix => Editor is not null || Arguments.StartsWith("diff ", StringComparison.Ordinal);
    }

    static readonly Step[] Steps =
    [
        new("create -f -", "pod/web created", Input: Web),
        new("create -f -", "pod/crash created", Input: Crash),
        new("create configmap cm --from-literal=a=hello", "configmap/cm created"),
        new("create configmap none --from-literal=a=1 --dry-run=server -o yaml", "a: \"1\""),
        new("create deployment made --image=busybox:1.35 --replicas=1", "deployment.apps/made created"),
        new("create job once --image=busybox:1.35", "job.batch/once created"),
        new("create cronjob later --image=busybox:1.35 --schedule='0 0 1 1 *'", "cronjob.batch/later created", Since: 21),
        new("create job of-later --from=cronjob/later", "job.batch/of-later created", Since: 21),
        new("create service clusterip svc --tcp=80:8080", "service/svc created"),
        new("create serviceaccount sa", "serviceaccount/sa created"),
        new("create quota q --hard=pods=3", @"resourcequotas is not served: nothing here counts what a namespace uses", 1, Since: 24),
        new("create token sa", @"^ey[\w.-]+\n?$", Since: 24),
        new("create -f - --validate=true", "unknown field .*date|error validating", 1, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndate: {a: b}\n"),
        new("wait --for=condition=Ready pod/web --timeout=120s", "condition met"),
        new("get pod web -o wide", @"NOMINATED NODE +READINESS GATES\nweb +2/2 +Running +0 "),
        new("get pod web -o custom-columns=N:.metadata.name,P:.status.phase", @"web +Running"),
        new("get pod web -o jsonpath={.status.phase}", "^Running$"),
        new("get pods nosuch", @"Error from server \(NotFound\): pods ""nosuch"" not found", 1),
        new("get hpa", "the server doesn't have a resource type \"hpa\"", 1),
        new("logs web -c a", "^(.*\n){4}$"),
        new("logs web --all-containers --tail=1 --prefix", @"\[pod/web/[ab]\] "),
        new("logs web -c nosuch", "container nosuch is not valid for pod web", 1),
        new("exec web -c a -- anything", "^hello\n", 3),
        new("top pod web", @"web +[5-9]\d\dm|web +\d+m"),
        new("describe deployment,rs,job,service,serviceaccount,configmap,events", @"Name: +"),
        new("apply -f -", "deployment.apps/dep created", Input: Deployment),
        new("diff -f -", @"\+ +replicas: 2", 1, Larger),
        new("apply -f -", "deployment.apps/dep configured", Input: Larger),
        new("apply --server-side --force-conflicts -f -", "deployment.apps/dep serverside-applied", Input: Larger),
        new("apply --server-side --field-manager=other -f -", @"Apply failed with [12] conflicts?: conflicts? with ""kubectl", 1, Deployment),
        new("rollout status deployment/dep --timeout=120s", "successfully rolled out"),
        new("scale deployment/dep --replicas=1", "deployment.apps/dep scaled"),
        new("scale deployment/dep --replicas=3 --current-replicas=9", "Expected replicas to be 9, was 1", 1),
        new("set image deployment/dep c=busybox:1.36", "image updated"),
        new("set env deployment/dep A=b", "env updated"),
        new("rollout restart deployment/dep", "restarted"),
        new("rollout status deployment/dep --timeout=120s", "successfully rolled out"),
        new("edit configmap cm", "configmap/cm edited", Editor: "sed -i.old -e s/hello/there/"),
        new("label pod web app=z", "overwrite", 1),
        new("patch deployment dep -p {\"spec\":{\"replicas\":2}}", "patched"),
        new("patch deployment dep --type=json -p [{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":2}]", "patched"),
        new("patch deployment dep -p {\"spec\":{\"replicas\":\"x\"}}", "is invalid|BadRequest", 1),
        new("patch deployment dep --subresource=scale --type=merge -p {\"spec\":{\"replicas\":1}}", "patched", Since: 24),
        new("replace -f -", "field is immutable", 1, Elsewhere),
        new("events --for pod/web", "Started", Since: 26),
        new("replace --force -f -", "pod/web replaced", Input: Web),
        new("taint nodes node-1 dedicated=x:PreferNoSchedule", "node/node-1 tainted"),
        new("taint nodes node-1 dedicated-", "node/node-1 untainted"),
        new("cordon node-1", "node/node-1 cordoned"),
        new("uncordon node-1", "node/node-1 uncordoned"),
        new("run one --image=busybox:1.35 --restart=Never", "pod/one created"),
        new("expose deployment dep --port=80 --target-port=8080", "service/dep exposed"),
        new("wait --for=condition=Available deployment/dep --timeout=120s", "condition met"),
        new("explain pods.spec.containers.image", "<string>"),
        new("explain deployments --recursive", @"replicas\s"),
        new("api-resources", @"pods +po +v1 +true +Pod"),
        new("auth can-i create pods", "^yes"),
        new("auth can-i --list", @"\*\.\* +\[\] +\[\] +\[\*\]"),
        new("auth can-i get pods --as=system:serviceaccount:default:sa", "^no", 1),
        new("auth can-i --list --as=system:serviceaccount:default:sa", "selfsubjectaccessreviews.authorization.k8s.io"),
        new("get pods --as=system:serviceaccount:default:sa", @"User ""system:serviceaccount:default:sa"" cannot list resource ""pods""", 1),
        new("auth whoami", "kubernetes-admin", Since: 28),
        new("auth whoami --as=ada --as-group=staff", @"ada\s[\s\S]*staff", Since: 28),
        new("debug web --image=busybox:1.35 --target=a", "pods/ephemeralcontainers is not served: a running pod takes no more containers", 1, Since: 27),
        new("version", "v1.36"),
        new("get --raw /readyz?verbose", @"\[\+\]ping ok\nreadyz check passed"),
        new("wait --for=jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}=3 pod/crash --timeout=120s", "condition met", Since: 23),
        new("logs -p crash", "c ended with exit code 3", Since: 23),
        new("delete deployment dep --cascade=orphan", "deleted"),
        new("delete events --all --cascade=foreground", "deleted"),
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Every_verb_does_what_it_does_with_any_Kubernetes(string program)
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig, program);
        var minor = await kubectl.MinorAsync();
        var place = "verbs-" + Guid.NewGuid().ToString("N")[..8];
        await kubectl.DoAsync($"create namespace {place}");
        await ServerProcess.UntilAsync(async () => (await kubectl.RunAsync($"get serviceaccount default -n {place}")).Exit == 0, "pods may be made");
        var surprises = new List<string>();
        foreach (var step in Steps.Where(s => s.Since <= minor && !(s.NeedsUnix && OperatingSystem.IsWindows())))
        {
            var (exit, output) = await kubectl.RunAsync($"-n {place} {step.Arguments}", step.Input, step.Editor);
            if (exit != step.Exit || !Regex.IsMatch(output, step.Says))
                surprises.Add($"kubectl {step.Arguments} ended with {exit}: {output}");
        }

        await kubectl.DoAsync($"delete namespace {place} --timeout=120s");
        Assert.True(surprises.Count == 0, $"{surprises.Count} surprises by kubectl 1.{minor}:\n" + string.Join("\n", surprises));
    }
}
