using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Text;

namespace Kube.Module.Base;

/// <summary>The entries of config maps and secrets, from tables and files.</summary>
static class DataFiles
{
    /// <summary>What one entry may be called.</summary>
    const int LongestKey = 253;

    /// <summary>The entries that a table and files describe: the table's in the order of their keys, then the files' as given.</summary>
    /// <param name="data">Keys to values: text, bytes or a SecureString.</param>
    /// <param name="files">Files as <c>PATH</c> or <c>KEY=PATH</c>; a folder means each file right in it.</param>
    /// <param name="resolve">Makes a path absolute.</param>
    /// <exception cref="KubeCmdletException">A key is invalid or there twice, or a file cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Read(IDictionary? data, IEnumerable<string> files, Func<string, string> resolve)
    {
        var entries = new List<KeyValuePair<string, byte[]>>();
        if (data is not null) entries.AddRange(data.Keys.Cast<object>().Select(key => KeyValuePair.Create(LanguagePrimitives.ConvertTo<string>(key), Bytes(data[key]))).OrderBy(entry => entry.Key, StringComparer.Ordinal));
        foreach (var file in files) entries.AddRange(Files(file, resolve));
        foreach (var (key, _) in entries) CheckKey(key);
        if (entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw Refused($"There are two entries '{twice}'.");
        return entries;
    }

    static byte[] Bytes(object? value) => (value as PSObject)?.BaseObject is { } inner ? Bytes(inner) : value switch
    {
        null => [],
        byte[] bytes => bytes,
        SecureString secret => Encoding.UTF8.GetBytes(SecretText.Of(secret)),
        _ => Encoding.UTF8.GetBytes(LanguagePrimitives.ConvertTo<string>(value)),
    };

    static IEnumerable<KeyValuePair<string, byte[]>> Files(string argument, Func<string, string> resolve)
    {
        var parts = argument.Split('=', 2);
        var path = resolve(parts[^1]);
        if (!Directory.Exists(path)) return [KeyValuePair.Create(parts.Length == 2 ? parts[0] : Path.GetFileName(path), Content(path))];
        return parts.Length == 2
            ? throw Refused($"'{path}' is a folder: its files have names of their own, so it takes no key.")
            : Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(file => KeyValuePair.Create(Path.GetFileName(file), Content(file)));
    }

    /// <summary>A file's bytes.</summary>
    public static byte[] Content(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new KubeCmdletException(Errors.ParameterInvalid, $"'{path}' cannot be read: {exception.Message} Nothing was created.", exception) { Target = path };
        }
    }

    static void CheckKey(string key)
    {
        if (key.Length is 0 or > LongestKey || key is "." or ".." || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw Refused($"'{key}' is no key: letters, digits, '-', '_' and '.' make one.");
    }

    static KubeCmdletException Refused(string message) => new(Errors.ParameterInvalid, message + " Nothing was created.");
}
