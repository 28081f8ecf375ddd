namespace Kube.Tests.Credentials;

/// <summary>A credential plugin as a real program: a script of the system's shell, which notes each of its runs.</summary>
sealed class Plugin : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-plugin-").FullName;

    /// <param name="answer">What it writes to standard output; a file, so that nothing has to be quoted. <c>{n}</c> stands for the number of the run.</param>
    /// <param name="status">Its exit status.</param>
    /// <param name="error">What it writes to standard error.</param>
    /// <param name="seconds">How long it takes.</param>
    public Plugin(string answer, int status = 0, string error = "", int seconds = 0)
    {
        Path = System.IO.Path.Combine(_folder, OperatingSystem.IsWindows() ? "plugin.cmd" : "plugin");
        Answer(answer);
        var script = OperatingSystem.IsWindows()
            ? $"""
               @echo off
               echo %KUBERNETES_EXEC_INFO%> "{_folder}\info"
               echo run %* %PLUGIN_SETTING%>> "{_folder}\runs"
               {(seconds > 0 ? $"ping -n {seconds + 1} 127.0.0.1 > nul" : "rem")}
               {(error.Length > 0 ? $"echo {error} 1>&2" : "rem")}
               type "{_folder}\answer"
               exit /b {status}
               """
            : $"""
               #!/bin/sh
               printf '%s' "$KUBERNETES_EXEC_INFO" > '{_folder}/info'
               echo "run $* $PLUGIN_SETTING" >> '{_folder}/runs'
               {(seconds > 0 ? $"exec sleep {seconds}" : ":")}
               {(error.Length > 0 ? $"echo '{error}' >&2" : ":")}
               read line && echo "it read: $line" >&2
               sed "s/{"{n}"}/$(wc -l < '{_folder}/runs' | tr -d ' ')/" '{_folder}/answer'
               exit {status}
               """;
        File.WriteAllText(Path, OperatingSystem.IsWindows() ? script.ReplaceLineEndings("\r\n") : script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string Folder => _folder;

    /// <summary>What KUBERNETES_EXEC_INFO was.</summary>
    public string Info => File.ReadAllText(System.IO.Path.Combine(_folder, "info"));

    /// <summary>Each run, with its arguments and $PLUGIN_SETTING.</summary>
    public string[] Runs => File.Exists(System.IO.Path.Combine(_folder, "runs")) ? [.. File.ReadAllLines(System.IO.Path.Combine(_folder, "runs")).Select(l => l.Trim())] : [];

    /// <summary>What its next runs write.</summary>
    public void Answer(string answer) => File.WriteAllText(System.IO.Path.Combine(_folder, "answer"), answer);

    public static string Token(string token, string? expires = null, string version = "v1") => System.Text.Json.JsonSerializer.Serialize(new
    {
        kind = "ExecCredential",
        apiVersion = "client.authentication.k8s.io/" + version,
        status = new { token, expirationTimestamp = expires },
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
