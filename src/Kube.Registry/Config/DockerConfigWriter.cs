using System.Security.Cryptography;
using System.Text;

namespace Kube.Registry;

/// <summary>Changes single entries of Docker's configuration files.</summary>
static class DockerConfigWriter
{
    static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    const int Attempts = 10;

    /// <summary>A file as it stands now; null where there is none.</summary>
    /// <exception cref="DockerConfigException">It cannot be read.</exception>
    public static DockerConfig? Read(string path, DockerConfigFormat format) =>
        Guard(path, () => ReadBytes(path) is { } bytes ? DockerConfig.Parse(bytes, path, format) : null);

    /// <summary>Writes an entry into <c>config.json</c>.</summary>
    /// <returns>False when it stands there already.</returns>
    public static bool Set(string path, RegistryKey key, RegistryCredential credential) => Update(path, DockerConfigFormat.ConfigJson, (json, config) =>
    {
        var entry = new[] { "auths", credential.Registry };
        var others = OtherSpellings(json, key, credential.Registry);
        if (others.Count == 0 && config.Credentials.FirstOrDefault(known => known.Registry == credential.Registry) is { } known && known.HasSameSecret(credential))
            return json;

        foreach (var other in others)
            json = JsonEdit.Remove(json, "auths", other);
        foreach (var field in (string[])["username", "password", "identitytoken", "registrytoken"])
            json = JsonEdit.Remove(json, [.. entry, field]);
        if (credential.IdentityToken is null)
            return JsonEdit.Set(json, [.. entry, "auth"], JsonStyle.String(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}"))));
        return JsonEdit.Set(JsonEdit.Remove(json, [.. entry, "auth"]), [.. entry, "identitytoken"], JsonStyle.String(credential.IdentityToken));
    });

    /// <summary>Notes in <c>config.json</c> that a helper keeps a registry's credential: an entry without secrets.</summary>
    public static bool Note(string path, RegistryKey key) => Update(path, DockerConfigFormat.ConfigJson, (json, _) =>
    {
        foreach (var other in OtherSpellings(json, key, key.ServerAddress))
            json = JsonEdit.Remove(json, "auths", other);
        if (!JsonEdit.Names(json, "auths").Contains(key.ServerAddress))
            return JsonEdit.Set(json, ["auths", key.ServerAddress], "{}");
        foreach (var field in (string[])["auth", "username", "password", "identitytoken", "registrytoken"])
            json = JsonEdit.Remove(json, "auths", key.ServerAddress, field);
        return json;
    });

    /// <summary>Removes an entry.</summary>
    /// <returns>False when there is none.</returns>
    public static bool Remove(string path, DockerConfigFormat format, string registry) => File.Exists(path) && Update(path, format, (json, _) =>
        format == DockerConfigFormat.ConfigJson ? JsonEdit.Remove(json, "auths", registry) : JsonEdit.Remove(json, registry));

    /// <summary>The entries that mean the same registry under other names; one that stayed would go on being tried.</summary>
    static List<string> OtherSpellings(byte[] json, RegistryKey key, string name) =>
        [.. JsonEdit.Names(json, "auths").Where(other => other != name && RegistryKey.TryParse(other, out var same) && same == key)];

    static bool Update(string path, DockerConfigFormat format, Func<byte[], DockerConfig, byte[]> edit) =>
        Guard(path, () => Write(FollowLinks(path), format, edit));

    static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (FormatException exception)
        {
            throw new DockerConfigException(exception.Message.StartsWith(path, StringComparison.Ordinal) ? exception.Message : $"{path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DockerConfigException($"{path}: {exception.Message}", exception);
        }
    }

    static bool Write(string path, DockerConfigFormat format, Func<byte[], DockerConfig, byte[]> edit)
    {
        using var turn = Turn.Take(path, LockTimeout);
        for (var attempt = 1; ; attempt++)
        {
            var before = ReadBytes(path);
            var json = before ?? "{}"u8.ToArray();
            var after = edit(json, DockerConfig.Parse(json, path, format));
            if (after.AsSpan().SequenceEqual(json))
                return false;
            if (TryReplace(path, before, after))
                return true;
            if (attempt == Attempts)
                throw new IOException("another program writes it all the time");
        }
    }

    /// <summary>Docker itself takes no turns: what it wrote meanwhile must not be lost, so the file is compared once more just before it is replaced.</summary>
    static bool TryReplace(string path, byte[]? before, byte[] after)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(temporary, options))
            {
                file.Write(after);
                file.Flush(flushToDisk: true);
            }
            var now = ReadBytes(path);
            if (now is null != before is null || (now is not null && !now.AsSpan().SequenceEqual(before)))
                return false;
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    static byte[]? ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    static string FollowLinks(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>One writer at a time, over threads and processes of the same user.</summary>
    sealed class Turn : IDisposable
    {
        readonly Mutex _mutex;

        Turn(Mutex mutex) => _mutex = mutex;

        public static Turn Take(string path, TimeSpan timeout)
        {
            var name = "kube-docker-config-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path))))[..32];
            var mutex = new Mutex(initiallyOwned: false, name, new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
            try
            {
                if (mutex.WaitOne(timeout))
                    return new Turn(mutex);
            }
            catch (AbandonedMutexException)
            {
                // Its owner died; the file is whole, as it is only ever replaced.
                return new Turn(mutex);
            }
            mutex.Dispose();
            throw new IOException($"another process has been writing it for {timeout.TotalSeconds:0} s");
        }

        public void Dispose()
        {
            _mutex.ReleaseMutex();
            _mutex.Dispose();
        }
    }
}
