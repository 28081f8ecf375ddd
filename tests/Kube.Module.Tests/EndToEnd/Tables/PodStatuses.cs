using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>Makes up statuses of pods, the likely and the unlikely.</summary>
sealed class PodStatuses(Dice dice)
{
    readonly DateTime _now = DateTime.UtcNow;

    /// <summary>A status for a pod with so many init containers, containers and readiness gates.</summary>
    public JsonObject Next(int init, int containers, int gates)
    {
        var inits = Init(init);
        var initialized = inits.All(status => (int?)status!["state"]!["terminated"]?["exitCode"] == 0);
        var status = new JsonObject
        {
            ["phase"] = dice.Pick("Pending", "Running", "Running", "Running", "Succeeded", "Failed", "Unknown"),
            ["initContainerStatuses"] = inits,
            // Now and then a kubelet has not got to all of them.
            ["containerStatuses"] = new JsonArray([.. Enumerable.Range(0, dice.Chance(10) ? dice.Roll(containers) : containers).Select(i => Container($"c{i}"))]),
            ["conditions"] = Conditions(initialized, gates),
        };
        if (dice.Chance(15)) status["reason"] = dice.Pick("Evicted", "NodeLost", "NodeAffinity", "UnexpectedAdmissionError", "Shutdown");
        if (dice.Chance(10)) status["nominatedNodeName"] = "next";
        if (dice.Chance(60)) Address(status);
        return status;
    }

    void Address(JsonObject status)
    {
        var address = $"10.{dice.Roll(256)}.{dice.Roll(256)}.{1 + dice.Roll(254)}";
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
    }

    JsonArray Init(int count)
    {
        var done = dice.Roll(count + 1);
        return [.. Enumerable.Range(0, count).Select(i => i < done
            ? With(Container($"i{i}"), Terminated(0, "Completed"))
            : dice.Chance(50) && i > done ? With(Container($"i{i}"), Waiting("PodInitializing")) : Container($"i{i}"))];
    }

    JsonObject Container(string name)
    {
        var status = new JsonObject
        {
            ["name"] = name,
            ["image"] = "busybox:1.35",
            ["imageID"] = "",
            ["ready"] = dice.Chance(50),
            ["restartCount"] = dice.Chance(50) ? 0 : dice.Roll(200),
            ["state"] = State(),
        };
        if (dice.Chance(50)) status["lastState"] = Terminated(dice.Roll(256), dice.Pick("Error", "OOMKilled", "Completed"));
        if (dice.Chance(70)) status["started"] = dice.Chance(70);
        return status;
    }

    static JsonObject With(JsonObject status, JsonObject state)
    {
        status["state"] = state;
        return status;
    }

    JsonObject State() => dice.Roll(10) switch
    {
        0 => [],
        1 or 2 => Waiting(dice.Pick("ContainerCreating", "PodInitializing", "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError", "")),
        3 => Terminated(0, dice.Pick("Completed", "Completed", "")),
        4 or 5 => Terminated(dice.Pick(1, 2, 126, 137, 143, 255), dice.Pick("Error", "OOMKilled", "ContainerCannotRun", "DeadlineExceeded", "")),
        _ => new() { ["running"] = new JsonObject { ["startedAt"] = dice.Past(_now) } },
    };

    static JsonObject Waiting(string reason) => new() { ["waiting"] = new JsonObject { ["reason"] = reason, ["message"] = "made up" } };

    JsonObject Terminated(int exitCode, string reason)
    {
        var state = new JsonObject { ["exitCode"] = exitCode, ["reason"] = reason, ["finishedAt"] = dice.Past(_now) };
        if (exitCode > 128 && dice.Chance(50)) state["signal"] = exitCode - 128;
        return new() { ["terminated"] = state };
    }

    JsonArray Conditions(bool initialized, int gates)
    {
        var conditions = new JsonArray();
        Add("Initialized", initialized);
        if (dice.Chance(80)) Add("Ready", dice.Chance(50));
        if (dice.Chance(80)) Add("ContainersReady", dice.Chance(50));
        Add("PodScheduled", dice.Chance(90));
        for (var i = 0; i < gates; i++) if (dice.Chance(80)) Add($"example.com/gate-{i}", dice.Chance(50));
        return conditions;

        void Add(string type, bool holds) => conditions.Add(new JsonObject { ["type"] = type, ["status"] = holds ? "True" : dice.Pick("False", "Unknown") });
    }
}
