using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Custom;

/// <summary>The conditions of a definition.</summary>
static class DefinitionStatus
{
    public const string NamesAccepted = "NamesAccepted";
    public const string Established = "Established";
    public const string Terminating = "Terminating";

    /// <summary>Keeps a deleted definition until its objects are gone.</summary>
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    public static bool Is(JsonObject definition, string condition) =>
        definition.Objects("status", "conditions").Any(c => c.Text("type") == condition && c.Text("status") == "True");

    /// <summary>Sets a condition; its time is that of its last change.</summary>
    public static void Set(JsonObject definition, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        if (definition["status"] is not JsonObject status)
            definition["status"] = status = [];
        if (status["conditions"] is not JsonArray conditions)
            status["conditions"] = conditions = [];
        var text = value ? "True" : "False";
        var condition = conditions.OfType<JsonObject>().FirstOrDefault(c => c.Text("type") == type);
        if (condition is null)
            conditions.Add(condition = new JsonObject { ["type"] = type });
        if (condition.Text("status") != text)
            condition["lastTransitionTime"] = Documents.Timestamp(now);
        condition["status"] = text;
        condition["reason"] = reason;
        condition["message"] = message;
    }
}
