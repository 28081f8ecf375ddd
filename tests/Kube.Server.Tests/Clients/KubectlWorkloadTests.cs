using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Clients;

/// <summary>The real kubectl and the workloads of a whole server with a simulated node.</summary>
public class KubectlWorkloadTests(KubectlWorkloadTests.Fixture fixture) : IClassFixture<KubectlWorkloadTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "simulated", "--node-name", "node-1");

    const string Template = "selector: {matchLabels: {app: NAME}}, template: {metadata: {labels: {app: NAME}}, spec: {containers: [{name: c, image: 'busybox:1.35'}]}}";

    [Fact]
    public async Task A_deployment_rolls_out_back_and_away()
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig);
        await ApplyAsync(kubectl, "Deployment", "web", "replicas: 3, ");
        Assert.EndsWith("deployment \"web\" successfully rolled out\n", await kubectl.DoAsync("rollout status deployment/web --timeout=120s"));
        Assert.Matches(@"^NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR\nweb +3/3 +3 +3 +[\dms]+ +c +busybox:1.35 +app=web\n$", await kubectl.DoAsync("get deploy web -o wide"));
        await kubectl.DoAsync("set image deployment/web c=busybox:1.36");
        await kubectl.DoAsync("rollout status deployment/web --timeout=120s");
        Assert.Matches(@"REVISION +CHANGE-CAUSE\n1 +<none>\n2 +<none>", await kubectl.DoAsync("rollout history deployment/web"));
        await kubectl.DoAsync("rollout undo deployment/web");
        await kubectl.DoAsync("rollout status deployment/web --timeout=120s");
        Assert.Equal("busybox:1.35", await kubectl.DoAsync("get deploy web -o jsonpath={.spec.template.spec.containers[0].image}"));
        Assert.Matches(@"REVISION +CHANGE-CAUSE\n2 +<none>\n3 +<none>", await kubectl.DoAsync("rollout history deployment/web"));
        await kubectl.DoAsync("rollout pause deployment/web");
        await kubectl.DoAsync("set image deployment/web c=busybox:1.37");
        await kubectl.DoAsync("scale deployment/web --replicas=5");
        await kubectl.DoAsync("wait deployment/web --for=condition=Progressing=Unknown --timeout=120s");
        Assert.DoesNotContain("1.37", await kubectl.DoAsync("get rs -l app=web -o wide"));
        await kubectl.DoAsync("rollout resume deployment/web");
        await kubectl.DoAsync("rollout status deployment/web --timeout=120s");
        await kubectl.DoAsync("rollout restart deployment/web");
        await kubectl.DoAsync("rollout status deployment/web --timeout=120s");
        var described = await kubectl.DoAsync("describe deployment web");
        Assert.Matches(@"Replicas: +5 desired \| 5 updated \| 5 total \| 5 available \| 0 unavailable", described);
        Assert.Matches(@"NewReplicaSet: +web-[bcdfghjklmnpqrstvwxz2456789]+ \(5/5 replicas created\)", described);
        Assert.Matches(@"Scaled up replica set web-\S+ from 0 to 3", described);
        await kubectl.DoAsync("delete deployment web");
        await kubectl.DoAsync("wait pod -l app=web --for=delete --timeout=120s");
    }

    [Fact]
    public async Task A_stateful_set_and_a_daemon_set_roll_out_and_back()
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig);
        await ApplyAsync(kubectl, "StatefulSet", "db", "replicas: 2, serviceName: db, ");
        await ApplyAsync(kubectl, "DaemonSet", "agent", "");
        foreach (var workload in (string[])["statefulset/db", "daemonset/agent"])
        {
            await kubectl.DoAsync($"rollout status {workload} --timeout=120s");
            await kubectl.DoAsync($"set image {workload} c=busybox:1.36");
            await kubectl.DoAsync($"rollout status {workload} --timeout=120s");
            Assert.Contains("busybox:1.35", await kubectl.DoAsync($"rollout history {workload} --revision=1"));
            await kubectl.DoAsync($"rollout undo {workload}");
            await kubectl.DoAsync($"rollout status {workload} --timeout=120s");
        }
        Assert.Equal("pod/db-0\npod/db-1\n", await kubectl.DoAsync("get pods -l app=db -o name"));
        Assert.Matches(@"agent +1 +1 +1 +1 +1 +<none> +[\dms]+", await kubectl.DoAsync("get ds agent --no-headers"));
        Assert.Matches(@"db-\S+ +statefulset.apps/db +3 ", await kubectl.DoAsync("get controllerrevisions -l app=db --no-headers"));
        await kubectl.DoAsync("delete statefulset/db daemonset/agent");
    }

    [Fact]
    public async Task A_service_has_the_addresses_of_its_ready_pods()
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig);
        await ApplyAsync(kubectl, "Deployment", "front", "replicas: 2, ");
        await kubectl.DoAsync("create service clusterip front --tcp=80:8080");
        await kubectl.DoAsync("rollout status deployment/front --timeout=120s");
        var endpoints = "";
        for (var i = 0; i < 1200 && endpoints.Split(':').Length != 3; i++)
        {
            await Task.Delay(50);
            endpoints = (await kubectl.RunAsync("get endpoints front --no-headers")).Output;
        }
        Assert.Matches(@"^front +[\d.]+:8080,[\d.]+:8080 +[\dms]+\n$", endpoints);
        Assert.Matches(@"^front-\w+ +IPv4 +8080 +[\d.]+,[\d.]+ +[\dms]+\n$", await kubectl.DoAsync("get endpointslices -l kubernetes.io/service-name=front --no-headers"));
        await kubectl.DoAsync("delete service/front deployment/front");
        for (var i = 0; i < 1200 && (await kubectl.RunAsync("get endpoints front")).Exit == 0; i++) await Task.Delay(50);
        Assert.Equal(1, (await kubectl.RunAsync("get endpoints front")).Exit);
    }

    [Fact]
    public async Task What_is_only_kept_is_shown_in_its_columns()
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig);
        await kubectl.DoAsync("apply -f -", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: "kube:readers"}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{kind: User, name: ada}, {kind: ServiceAccount, name: bot, namespace: default}]
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: site}
            spec: {rules: [{host: example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
            """);
        Assert.Matches(@"^kube:readers +ClusterRole/view +[\dms]+ +ada +default/bot\n$", await kubectl.DoAsync("get clusterrolebindings --no-headers -o wide"));
        Assert.Matches(@"^data +Pending .*<unset> +[\dms]+\n$", await kubectl.DoAsync("get pvc --no-headers"));
        Assert.Matches(@"^site +<none> +example.com +80 +[\dms]+\n$", await kubectl.DoAsync("get ing --no-headers"));
    }

    static Task<string> ApplyAsync(Kubectl kubectl, string kind, string name, string spec) => kubectl.DoAsync("apply -f -",
        $"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{{spec}{Template.Replace("NAME", name)}}}\n");
}
