using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Config;

/// <summary>Writes kubeconfigs: whole or not at all, readable by their owner alone, through links.</summary>
public static class KubeConfigFile
{
    // Characters such as '+' in tokens stay as they are: the file is for people too, and never part of a web page.
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file of this one entry, in JSON (which is YAML too), in place of what was there. Its context is the current one.</summary>
    /// <exception cref="KubeConfigException">The file cannot be written.</exception>
    public static void Write(string path, KubeConfigEntry entry)
    {
        var root = KubeConfigDocument.Empty();
        KubeConfigDocument.Set(root, entry);
        root["current-context"] = entry.Name;
        Save(Path.GetFullPath(path), Encoding.UTF8.GetBytes(Json(root)));
    }

    /// <summary>Writes a file by which another program makes a connection again that came from no kubeconfig.</summary>
    /// <exception cref="KubeConfigException">The file cannot be written, or the key of the client certificate does not leave the place where it is kept.</exception>
    public static void Write(string path, KubeConnection connection) => Write(path, KubeConfigEntry.Of(connection.Options));

    /// <summary>Puts an entry into the user's kubeconfig and leaves all else there. Where a context of this name is in one of the files it is replaced there.</summary>
    /// <param name="paths">The files, as <see cref="KubeConfigPaths.Default"/> lists them.</param>
    /// <param name="entry">What is put in.</param>
    /// <param name="makeCurrent">Whether its context becomes the current one.</param>
    /// <returns>The file that it is in now.</returns>
    /// <remarks>Only what differs changes in a file: its comments, its order and what Kube does not know stay as they are.</remarks>
    /// <exception cref="KubeConfigException">A file cannot be read, locked or written.</exception>
    public static string Merge(IReadOnlyList<string> paths, KubeConfigEntry entry, bool makeCurrent)
    {
        var files = paths.Select(Path.GetFullPath).Distinct().ToList();
        var target = files.FirstOrDefault(f => Open(f) is { } file && KubeConfigDocument.HasContext(file, entry.Name)) ?? Path.GetFullPath(KubeConfigPaths.ForNew(files));
        Edit(target, root => KubeConfigDocument.Set(root, entry));
        if (makeCurrent)
        {
            // The first file that sets a current context is the one that counts.
            var deciding = files.FirstOrDefault(f => Open(f) is { } file && KubeConfigDocument.CurrentContext(file) is not null) ?? target;
            Edit(deciding, root => root["current-context"] = entry.Name);
        }
        return target;
    }

    /// <summary>Makes a context the current one of the user's kubeconfig and changes nothing else there.</summary>
    /// <param name="paths">The files, as <see cref="KubeConfigPaths.Default"/> lists them.</param>
    /// <param name="context">The context's name; it must be in one of them.</param>
    /// <returns>The file that says so now: the first that sets a current context, else the one that the context is in.</returns>
    /// <exception cref="KubeConfigException">It is in none; or a file cannot be read, locked or written.</exception>
    public static string SetCurrentContext(IReadOnlyList<string> paths, string context)
    {
        var files = paths.Select(Path.GetFullPath).Distinct().ToList();
        var home = files.FirstOrDefault(f => Open(f) is { } file && KubeConfigDocument.HasContext(file, context))
            ?? throw new KubeConfigException($"There is no context '{context}' in {string.Join(", ", files)}.", files.FirstOrDefault()) { NoSuchContext = true };
        var deciding = files.FirstOrDefault(f => Open(f) is { } file && KubeConfigDocument.CurrentContext(file) is not null) ?? home;
        Edit(deciding, root => root["current-context"] = context);
        return deciding;
    }

    /// <summary>Puts the tokens of a user's OIDC login in place of those there.</summary>
    internal static void SetOidcTokens(string path, string user, string idToken, string refreshToken) => Edit(Path.GetFullPath(path), root =>
    {
        if (KubeConfigDocument.AuthProvider(root, user) is not { } config) return;
        config["id-token"] = idToken;
        config["refresh-token"] = refreshToken;
    });

    /// <summary>Takes a context out of the user's kubeconfig, with its cluster and user where no other context names them.</summary>
    /// <param name="paths">The files, as <see cref="KubeConfigPaths.Default"/> lists them.</param>
    /// <param name="context">The context's name.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="KubeConfigException">A file cannot be read, locked or written.</exception>
    public static bool Remove(IReadOnlyList<string> paths, string context)
    {
        var files = paths.Select(Path.GetFullPath).Distinct().ToList();
        var used = files.Select(Open).Where(f => f is not null)
            .SelectMany(f => new[] { "cluster", "user" }.SelectMany(e => KubeConfigDocument.Named(f!, e, butNotIn: context).Select(n => (e, n))))
            .ToHashSet();
        var removed = false;
        foreach (var file in files)
        {
            if (Open(file) is not { } found) continue;
            if (KubeConfigDocument.HasContext(found, context))
                Edit(file, root => removed |= KubeConfigDocument.Remove(root, context, (entry, name) => used.Contains((entry, name))));
            else if (KubeConfigDocument.CurrentContext(found) == context)
                Edit(file, root => root["current-context"] = "");
        }
        return removed;
    }

    /// <summary>Makes a folder that is its owner's alone. One that is there stays as it is.</summary>
    internal static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) WindowsOwner.CreateFolder(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static void Edit(string path, Action<JsonObject> change)
    {
        using var held = KubeConfigLock.Take(path);
        if (Open(path) is not { } root)
        {
            root = KubeConfigDocument.Empty();
            change(root);
            Save(path, Encoding.UTF8.GetBytes(Json(root)));
            return;
        }
        var after = (JsonObject)root.DeepClone();
        change(after);
        if (JsonNode.DeepEquals(root, after)) return;
        var (text, mark) = KubeConfigText.Read(path);
        Save(path, [.. mark, .. Encoding.UTF8.GetBytes(KubeConfigText.Change(text, root, after, path))]);
    }

    static JsonObject? Open(string path)
    {
        // Read as a kubeconfig first, so that one that is none is refused and not overwritten.
        if (KubeConfigReader.ReadFile(path) is null) return null;
        return KubeConfigText.Parse(File.ReadAllText(path), path);
    }

    static string Json(JsonObject root) => root.ToJsonString(Indented) + "\n";

    static void Save(string path, byte[] content)
    {
        try
        {
            // A file that is not there yet is no link; asking for its target would throw.
            var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
            var folder = Path.GetDirectoryName(target)!;
            CreateFolder(folder);
            var whole = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
            try
            {
                using (var stream = Create(whole))
                {
                    stream.Write(content);
                    stream.Flush(flushToDisk: true);
                }
                Replace(whole, target);
            }
            catch
            {
                File.Delete(whole);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The kubeconfig '{path}' cannot be written: {e.Message}", path, e);
        }
    }

    static FileStream Create(string path) => OperatingSystem.IsWindows() ? WindowsOwner.CreateFile(path) : new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    /// <summary>Puts a file in place of another, which keeps who may read it.</summary>
    static void Replace(string whole, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            if (File.Exists(target)) File.Replace(whole, target, null);
            else File.Move(whole, target);
            return;
        }
        if (File.Exists(target)) File.SetUnixFileMode(whole, File.GetUnixFileMode(target));
        File.Move(whole, target, overwrite: true);
    }
}
