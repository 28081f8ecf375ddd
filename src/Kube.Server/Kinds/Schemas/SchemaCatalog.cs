using System.Collections.Concurrent;
using System.Reflection;

namespace Kube.Server.Kinds.Schemas;

/// <summary>The types of every API package, read from embedded data when a package is first used.</summary>
static class SchemaCatalog
{
    static readonly ConcurrentDictionary<string, SchemaPackage> Packages = new();
    static readonly Lock Gate = new();

    /// <summary>The type of a kind; null where there is none.</summary>
    /// <param name="group">The API group; its first label names the package, and the core group is <c>core</c>.</param>
    public static StructSchema? Find(string group, string kind)
    {
        var name = group.Length == 0 ? "core" : group.Split('.')[0];
        return Has(name) ? Package(name).Find(kind) : null;
    }

    /// <summary>The type of what clients send under the name of any group, such as DeleteOptions; null where there is none.</summary>
    public static StructSchema? FindMeta(string kind) => Package("meta").Find(kind) is { IsObject: true } type ? type : null;

    public static StructSchema ObjectMeta => Package("meta").Find("ObjectMeta")!;

    public static StructSchema Status => Package("meta").Find("Status")!;

    public static StructSchema DeleteOptions => Package("meta").Find("DeleteOptions")!;

    public static StructSchema ListMeta => Package("meta").Find("ListMeta")!;

    static bool Has(string name) => Packages.ContainsKey(name) || typeof(SchemaCatalog).Assembly.GetManifestResourceInfo(ResourceName(name)) is not null;

    static SchemaPackage Package(string name)
    {
        if (Packages.TryGetValue(name, out var package))
            return package;
        lock (Gate) // one reader at a time: packages refer to each other, and a type must be one object
            return Load(name);
    }

    static SchemaPackage Load(string name)
    {
        if (Packages.TryGetValue(name, out var package))
            return package;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName(name))
            ?? throw new InvalidOperationException($"there is no schema {name}");
        using var reader = new StreamReader(stream);
        package = SchemaPackage.Read(name, reader.ReadToEnd(), Load);
        Packages[name] = package;
        return package;
    }

    static string ResourceName(string name) => $"Kube.Server.Kinds.Schemas.{name}.schema";
}
