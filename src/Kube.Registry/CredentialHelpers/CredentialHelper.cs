using System.Text;
using System.Text.Json;

namespace Kube.Registry;

/// <summary>
/// One of Docker's credential helpers, the program <c>docker-credential-NAME</c> on the path. Its protocol is that of
/// github.com/docker/docker-credential-helpers.
/// </summary>
public sealed class CredentialHelper
{
    const string NotFound = "credentials not found in native keychain";

    readonly TimeSpan _timeout;
    readonly string? _searchPath;

    /// <summary>Names a helper; whether there is such a program shows when it is asked.</summary>
    /// <param name="name">What follows <c>docker-credential-</c>.</param>
    /// <param name="timeout">How long an answer may take; null: 30 seconds.</param>
    /// <param name="searchPath">The folders to look in; null: <c>$PATH</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or leads into a folder.</exception>
    public CredentialHelper(string name, TimeSpan? timeout = null, string? searchPath = null)
    {
        if (!IsName(name))
            throw new ArgumentException($"'{name}' is no name of a credential helper.", nameof(name));
        (Name, _timeout, _searchPath) = (name, timeout ?? TimeSpan.FromSeconds(30), searchPath);
    }

    /// <summary>What follows <c>docker-credential-</c>.</summary>
    public string Name { get; }

    /// <summary>The program's name: <c>docker-credential-NAME</c>.</summary>
    public string Program => "docker-credential-" + Name;

    /// <summary>Whether a text can be a helper's name: a plain file name.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAny("/\\: \t\r\n\0");

    /// <summary>The credential for a server; null when the helper has none.</summary>
    /// <param name="serverAddress">The server as Docker names it (<see cref="RegistryKey.ServerAddress"/>).</param>
    /// <param name="cancel">Ends the helper.</param>
    /// <exception cref="CredentialHelperException">It is missing, failed, took too long or answered nonsense.</exception>
    public async Task<RegistryCredential?> GetAsync(string serverAddress, CancellationToken cancel = default)
    {
        var result = await RunAsync("get", serverAddress, cancel).ConfigureAwait(false);
        if (result.ExitCode != 0)
            return IsNotFound(result) ? null : throw Failure("get", result, []);

        var (user, secret) = ReadAnswer(result.Output);
        if (user.Length == 0 && secret.Length == 0)
            return null;
        return user == RegistryCredential.TokenUserName
            ? new RegistryCredential(serverAddress, user, Program) { IdentityToken = secret }
            : new RegistryCredential(serverAddress, user, Program) { Password = secret };
    }

    /// <summary>Keeps a credential; one for the same server is replaced.</summary>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task StoreAsync(RegistryCredential credential, CancellationToken cancel = default)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("ServerURL", credential.Registry);
            json.WriteString("Username", credential.IdentityToken is null ? credential.UserName : RegistryCredential.TokenUserName);
            json.WriteString("Secret", credential.IdentityToken ?? credential.Password);
            json.WriteEndObject();
        }
        var result = await RunAsync("store", Encoding.UTF8.GetString(buffer.ToArray()), cancel).ConfigureAwait(false);
        if (result.ExitCode != 0)
            throw Failure("store", result, [credential.IdentityToken ?? credential.Password]);
    }

    /// <summary>Forgets a server's credential.</summary>
    /// <returns>False when there was none.</returns>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task<bool> EraseAsync(string serverAddress, CancellationToken cancel = default)
    {
        var result = await RunAsync("erase", serverAddress, cancel).ConfigureAwait(false);
        if (result.ExitCode == 0)
            return true;
        return IsNotFound(result) ? false : throw Failure("erase", result, []);
    }

    /// <summary>Servers and their users.</summary>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancel = default)
    {
        var result = await RunAsync("list", "", cancel).ConfigureAwait(false);
        if (result.ExitCode != 0)
            return IsNotFound(result) ? new Dictionary<string, string>() : throw Failure("list", result, []);

        using var document = ParseAnswer(result.Output, "list");
        var users = new Dictionary<string, string>();
        foreach (var server in document.RootElement.EnumerateObject())
            users[server.Name] = Text(server.Value, "list");
        return users;
    }

    async Task<HelperResult> RunAsync(string verb, string input, CancellationToken cancel)
    {
        var path = HelperProcess.Find(Program, _searchPath)
            ?? throw new CredentialHelperException($"The credential helper '{Program}' is configured but is not on the path.");
        try
        {
            return await HelperProcess.RunAsync(path, verb, input, _timeout, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new CredentialHelperException($"The credential helper '{Program} {verb}' did not answer within {_timeout.TotalSeconds:0.#} s and was ended.", exception);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new CredentialHelperException($"The credential helper '{path}' cannot be started: {exception.Message}", exception);
        }
    }

    (string User, string Secret) ReadAnswer(string output)
    {
        using var document = ParseAnswer(output, "get");
        var (user, secret) = ("", "");
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (field.Name.Equals("Username", StringComparison.OrdinalIgnoreCase))
                user = Text(field.Value, "get");
            else if (field.Name.Equals("Secret", StringComparison.OrdinalIgnoreCase))
                secret = Text(field.Value, "get");
        }
        return (user, secret);
    }

    string Text(JsonElement value, string verb)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Nonsense(verb);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            throw Nonsense(verb);
        }
    }

    JsonDocument ParseAnswer(string output, string verb)
    {
        try
        {
            return DockerConfigReader.ParseObject(Encoding.UTF8.GetBytes(output), Program);
        }
        catch (FormatException)
        {
            throw Nonsense(verb);
        }
    }

    CredentialHelperException Nonsense(string verb) => new($"The credential helper '{Program} {verb}' did not answer with the JSON that its protocol asks for.");

    // Some helpers say it on standard error, or wrap it in words of their own.
    static bool IsNotFound(HelperResult result) =>
        result.Output.Contains(NotFound, StringComparison.OrdinalIgnoreCase) || result.Error.Contains(NotFound, StringComparison.OrdinalIgnoreCase);

    CredentialHelperException Failure(string verb, HelperResult result, ReadOnlySpan<string> secrets)
    {
        var said = FirstLine(result.Output) ?? FirstLine(result.Error) ?? "it said nothing";
        foreach (var secret in secrets)
        {
            if (secret.Length > 0)
                said = said.Replace(secret, "***");
        }
        return new CredentialHelperException($"The credential helper '{Program} {verb}' failed with exit status {result.ExitCode}: {said}");
    }

    static string? FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length == 0 ? null : line.Length <= 300 ? line.ToString() : string.Concat(line[..300], "…");
    }
}
