using System.Text.Json.Nodes;

namespace Kube.Server.Api.Patches;

/// <summary>JSON patch (RFC 6902): all of its operations, or none.</summary>
sealed class JsonPatch
{
    readonly IReadOnlyList<Operation> _operations;

    JsonPatch(IReadOnlyList<Operation> operations) => _operations = operations;

    /// <exception cref="StatusException">BadRequest: not a list of operations.</exception>
    public static JsonPatch Parse(ReadOnlyMemory<byte> json)
    {
        if (JsonText.ParseNode(json, "a JSON patch") is not JsonArray list)
            throw Failures.BadRequest("a JSON patch must be a JSON array of operations");
        return new JsonPatch([.. list.Select(ReadOperation)]);
    }

    /// <summary>Changes a document in place and returns it.</summary>
    /// <exception cref="StatusException">Invalid: an operation does not fit the document, or a test fails.</exception>
    public JsonNode? Apply(JsonObject document)
    {
        JsonNode? root = document;
        foreach (var operation in _operations)
        {
            try
            {
                root = operation.Apply(root);
            }
            catch (JsonPatchException e)
            {
                throw new StatusException(new Status(422, "Invalid", $"the server rejected our request due to an error in our request: {operation.Name} {operation.Path}: {e.Message}")
                {
                    Details = new StatusDetails(),
                });
            }
        }

        return root;
    }

    static Operation ReadOperation(JsonNode? node)
    {
        var map = node as JsonObject ?? throw Failures.BadRequest("a JSON patch must be a JSON array of operations");
        var name = map.Text("op");
        if (name is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
            throw Failures.BadRequest($"a JSON patch has no operation \"{name}\"");
        if (map["path"] is not JsonValue)
            throw Failures.BadRequest($"the operation {name} of a JSON patch lacks its path");
        if (name is "add" or "replace" or "test" && !map.ContainsKey("value"))
            throw Failures.BadRequest($"the operation {name} of a JSON patch lacks its value");
        if (name is "move" or "copy" && map["from"] is not JsonValue)
            throw Failures.BadRequest($"the operation {name} of a JSON patch lacks its from");
        return new Operation(name, JsonPointer.Parse(map.Text("path")), JsonPointer.Parse(map.Text("from")), map["value"]);
    }

    sealed record Operation(string Name, JsonPointer Path, JsonPointer From, JsonNode? Value)
    {
        public JsonNode? Apply(JsonNode? root) => Name switch
        {
            "add" => Path.Add(root, Value?.DeepClone()),
            "remove" => Path.Remove(root).Root,
            "replace" => Path.Replace(root, Value?.DeepClone()),
            "copy" => Path.Add(root, From.Get(root)?.DeepClone()),
            "move" => Move(root),
            _ => Test(root),
        };

        JsonNode? Move(JsonNode? root)
        {
            if (From.IsParentOf(Path))
                throw new JsonPatchException($"a value cannot move from {From} into itself");
            var (rest, moved) = From.Remove(root);
            return Path.Add(rest, moved?.DeepClone());
        }

        JsonNode? Test(JsonNode? root) =>
            JsonNode.DeepEquals(Path.Get(root), Value) ? root : throw new JsonPatchException("testing value failed");
    }
}
