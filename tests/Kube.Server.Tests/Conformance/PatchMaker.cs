using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Conformance;

/// <summary>Makes strategic merge patches by chance, well formed: lists by key with additions, changes and deletions, orders, sets, directives.</summary>
sealed class PatchMaker(int seed)
{
    readonly Random _random = new(seed);

    /// <summary>The deployment that <see cref="Deployment"/>'s patches are for. It is paused and has no pods, so that no controller changes it.</summary>
    public const string DeploymentDocument = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","labels":{"l1":"1","l2":"2"},"annotations":{"a1":"1"},"finalizers":["x.y/a","x.y/b","x.y/c"]},
        "spec":{"paused":true,"replicas":0,"selector":{"matchLabels":{"app":"x"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":2,"maxUnavailable":1}},
        "template":{"metadata":{"labels":{"app":"x"}},"spec":{"nodeSelector":{"n":"1","m":"2"},"securityContext":{"runAsUser":1,"supplementalGroups":[1,2]},
        "initContainers":[{"name":"i1","image":"i:1"},{"name":"i2","image":"i:2"}],
        "containers":[{"name":"a","image":"a:1","command":["x","y"],"args":["1"],"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"100m","memory":"1Gi"}},
        "ports":[{"containerPort":80,"name":"http","protocol":"TCP"},{"containerPort":81,"protocol":"TCP"},{"containerPort":53,"protocol":"UDP"}],
        "env":[{"name":"E1","value":"1"},{"name":"E2","value":"2"},{"name":"E3","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
        "volumeMounts":[{"name":"v1","mountPath":"/m1"},{"name":"v1","mountPath":"/m2"},{"name":"v2","mountPath":"/m3"}]},{"name":"b","image":"b:1"},{"name":"c","image":"c:1"}],
        "volumes":[{"name":"v1","emptyDir":{}},{"name":"v2","configMap":{"name":"cm"}},{"name":"v3","hostPath":{"path":"/x"}}],
        "imagePullSecrets":[{"name":"p1"},{"name":"p2"}],"tolerations":[{"key":"t1","operator":"Exists"},{"key":"t2","operator":"Equal","value":"v"}],
        "hostAliases":[{"ip":"1.1.1.1","hostnames":["a","b"]},{"ip":"2.2.2.2","hostnames":["c"]}]}}}}
        """;

    public const string ServiceDocument = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"type":"ExternalName","externalName":"a.b","selector":{"a":"1"},
        "ports":[{"name":"p1","port":80,"targetPort":8080,"protocol":"TCP"},{"name":"p2","port":81,"protocol":"TCP"},{"name":"p3","port":80,"protocol":"UDP"}]}}
        """;

    public string Deployment()
    {
        var patch = new JsonObject();
        if (Chance(40))
            patch["metadata"] = Metadata();
        var spec = new JsonObject();
        if (Chance(30))
        {
            spec["strategy"] = Json("""{"type":"Recreate","rollingUpdate":null}""", """{"$retainKeys":["type"],"type":"Recreate"}""", """{"rollingUpdate":{"maxSurge":"50%"}}""",
                """{"$patch":"replace","type":"Recreate"}""", "null", """{"rollingUpdate":{"$patch":"delete"}}""");
        }

        if (Chance(85))
            spec["template"] = new JsonObject { ["spec"] = PodSpec() };
        patch["spec"] = spec;
        return patch.ToJsonString();
    }

    public string Service()
    {
        var spec = new JsonObject();
        Keyed(spec, "ports", "port", [80, 81], [82], () => Json("""{"name":"n1"}""", """{"protocol":"UDP","name":"n2"}""", """{"targetPort":"x","name":"pp"}""", """{"protocol":"TCP"}""", """{"nodePort":null,"name":"n3"}"""));
        if (Chance(30))
            spec["selector"] = Json("null", """{"b":"2"}""", """{"a":null}""");
        return new JsonObject { ["spec"] = spec }.ToJsonString();
    }

    JsonObject Metadata()
    {
        var metadata = new JsonObject();
        if (Chance(50))
            metadata["labels"] = Json("""{"l1":null}""", """{"l3":"3"}""", """{"$patch":"replace","l9":"9"}""", "null", """{"$patch":"delete"}""", """{"$retainKeys":["l1"],"l1":"z"}""");
        if (Chance(30))
            metadata["annotations"] = Json("null", """{"a2":"2"}""", "{}");
        if (Chance(50))
        {
            var (added, gone) = (Json("[]", """["x.y/d"]""", """["x.y/a"]""", """["x.y/e","x.y/d"]""").AsArray(), Json("[]", """["x.y/a"]""", """["x.y/c","x.y/b"]""", """["x.y/none"]""").AsArray());
            metadata["finalizers"] = added;
            if (Chance(60) && !added.Any(a => gone.Any(g => JsonNode.DeepEquals(a, g))))
                metadata["$deleteFromPrimitiveList/finalizers"] = gone;
            if (Chance(60))
                metadata["$setElementOrder/finalizers"] = Woven([.. added.Select(a => a!.DeepClone())], [.. new[] { "x.y/a", "x.y/b", "x.y/c" }.Select(f => (JsonNode)f)]);
        }

        return metadata;
    }

    JsonObject PodSpec()
    {
        var spec = new JsonObject();
        if (Chance(60))
            Keyed(spec, "containers", "name", ["a", "b", "c"], ["d", "e"], Container);
        if (Chance(20))
            Keyed(spec, "initContainers", "name", ["i1", "i2"], ["i3"], () => Json("""{"image":"n:1"}"""));
        if (Chance(30))
        {
            Keyed(spec, "volumes", "name", ["v1", "v2", "v3"], ["v4"], () => Json("""{"$retainKeys":["name","emptyDir"],"emptyDir":{}}""", """{"hostPath":null,"configMap":{"name":"cm2"}}""",
                """{"$retainKeys":["name","configMap"],"configMap":{"name":"cm","defaultMode":256}}"""));
        }

        if (Chance(20))
            Keyed(spec, "imagePullSecrets", "name", ["p1", "p2"], ["p3"], () => new JsonObject());
        if (Chance(20))
            Keyed(spec, "hostAliases", "ip", ["1.1.1.1", "2.2.2.2"], ["3.3.3.3"], () => Json("""{"hostnames":["q"]}""", """{"hostnames":["a","z"]}"""));
        if (Chance(20))
            spec["tolerations"] = Json("null", "[]", """[{"key":"t9","operator":"Exists"}]""", """[{"key":"t1","operator":"Exists","$patch":"delete"}]""");
        if (Chance(20))
            spec["nodeSelector"] = Json("""{"n":null}""", """{"q":"1"}""", """{"$patch":"replace","z":"z"}""", "null", """{"$patch":"delete"}""", """{"$retainKeys":["m"],"m":"3"}""");
        if (Chance(20))
            spec["securityContext"] = Json("""{"runAsUser":null}""", """{"supplementalGroups":[3]}""", """{"$patch":"replace","fsGroup":3}""", "null");
        return spec;
    }

    JsonObject Container()
    {
        var container = new JsonObject();
        if (Chance(70))
            container["image"] = $"n:{_random.Next(3)}";
        if (Chance(30))
            Keyed(container, "env", "name", ["E1", "E2", "E3"], ["N1", "N2"], () => Json("""{"value":"z"}""", """{"value":"z","valueFrom":null}""", """{"valueFrom":{"fieldRef":{"fieldPath":"metadata.uid"}},"value":null}"""), plain: true);
        if (Chance(25))
            Keyed(container, "ports", "containerPort", [80, 81, 53], [90], () => Json("{}", """{"protocol":"UDP"}""", """{"name":"q"}""", """{"name":null}""", """{"protocol":"TCP","hostPort":null}"""), plain: true);
        if (Chance(15))
            container["command"] = Json("null", """["q"]""", "[]");
        if (Chance(20))
        {
            container["resources"] = Json("""{"limits":null}""", """{"limits":{"memory":"2Gi"}}""", """{"$patch":"replace","limits":{"cpu":"2"}}""", "null", """{"$patch":"delete"}""",
                """{"$retainKeys":["requests"],"requests":{"cpu":"5m"}}""");
        }

        return container;
    }

    // plain: no directives, as an item may be new and a directive has nothing to say about what is not there.
    void Keyed(JsonObject into, string field, string key, JsonNode[] live, JsonNode[] others, Func<JsonNode> change, bool plain = false)
    {
        var items = new List<JsonObject>();
        foreach (var value in live.Concat(others).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)))
        {
            var item = new JsonObject { [key] = value.DeepClone() };
            var isLive = live.Any(l => JsonNode.DeepEquals(l, value));
            if (!plain && isLive && Chance(20))
                item["$patch"] = "delete";
            else
                foreach (var (name, made) in change().AsObject())
                    item[name] = made?.DeepClone();
            items.Add(item);
        }

        if (!plain && Chance(8))
        {
            items.Add(new JsonObject { ["$patch"] = "replace" });
            into[field] = new JsonArray([.. items]);
            return;
        }

        into[field] = new JsonArray([.. items]);
        if (!plain && Chance(50))
        {
            var kept = items.Where(i => !i.ContainsKey("$patch")).Select(i => (JsonNode)new JsonObject { [key] = i[key]!.DeepClone() }).ToList();
            // With a deletion, an order that leaves items out weaves them in by chance: Kubernetes looks at a list that it has changed by then.
            var gone = items.Where(i => i.ContainsKey("$patch") && i.ContainsKey(key)).Select(i => i[key]).ToList();
            var rest = live.Where(l => !gone.Any(g => JsonNode.DeepEquals(g, l))).Select(l => (JsonNode)new JsonObject { [key] = l.DeepClone() }).ToList();
            into["$setElementOrder/" + field] = Woven(kept, rest, all: items.Any(i => i.ContainsKey("$patch")));
        }
    }

    // The first in their order, some of the others among them.
    JsonArray Woven(List<JsonNode> first, List<JsonNode> others, bool all = false)
    {
        var woven = first.ToList();
        foreach (var other in others.Where(o => !first.Any(f => JsonNode.DeepEquals(f, o)) && (all || Chance(60))))
            woven.Insert(_random.Next(woven.Count + 1), other);
        return new JsonArray([.. woven.Select(w => w.DeepClone())]);
    }

    bool Chance(int percent) => _random.Next(100) < percent;

    JsonNode Json(params string[] choices) => JsonNode.Parse(choices[_random.Next(choices.Length)])!;
}
