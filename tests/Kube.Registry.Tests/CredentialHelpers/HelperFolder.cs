using Kube.Registry.Tests.Config;

namespace Kube.Registry.Tests.CredentialHelpers;

/// <summary>Real helpers: shell scripts in a folder that stands for the path.</summary>
sealed class HelperFolder : IDisposable
{
    /// <summary>
    /// Tests that start programs take turns: a program that is being started holds a copy of every open file for a moment, and a script
    /// that anybody holds open for writing cannot be run.
    /// </summary>
    public const string Collection = "programs";

    readonly TemporaryFolder _folder = new();

    public HelperFolder() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the helpers of these tests are shell scripts");

    public string Path => _folder.Path;

    /// <summary>What the helpers were asked, a line each: name and verb.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_folder.At("calls")) ? File.ReadAllLines(_folder.At("calls")) : [];

    /// <summary>A helper that does what a script says. The verb is <c>$1</c>, the input standard input, <c>$dir</c> this folder.</summary>
    public string Add(string name, string script)
    {
        var path = _folder.Write("docker-credential-" + name, $"#!/bin/sh\ndir='{_folder.Path}'\necho \"{name} $1\" >>\"$dir/calls\"\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>A helper that keeps what it is given, as the real ones do.</summary>
    public void AddStore(string name) => Add(name, $$"""
        input=$(cat)
        [ "$1" = store ] && url=$(printf %s "$input" | sed 's/.*"ServerURL":"\([^"]*\)".*/\1/') || url=$input
        file="$dir/{{name}}-$(printf %s "$url" | cksum | cut -d' ' -f1).json"
        case $1 in
        store) printf %s "$input" >"$file" ;;
        get) if [ -f "$file" ]; then cat "$file"; else echo 'credentials not found in native keychain'; exit 1; fi ;;
        erase) if [ -f "$file" ]; then rm "$file"; else echo 'credentials not found in native keychain'; exit 1; fi ;;
        list)
            printf '{'; comma=
            for file in "$dir/{{name}}"-*.json; do
                [ -f "$file" ] || continue
                printf '%s' "$comma"; comma=,
                sed 's/.*"ServerURL":\("[^"]*"\),"Username":\("[^"]*"\).*/\1:\2/' "$file" | tr -d '\n'
            done
            printf '}' ;;
        esac
        """);

    public void Dispose() => _folder.Dispose();
}
