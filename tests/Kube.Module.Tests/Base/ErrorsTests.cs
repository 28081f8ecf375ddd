using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace Kube.Module.Tests.Base;

public sealed class ErrorsTests : IDisposable
{
    readonly ModuleSession _session = new();

    /// <summary>Every reason that a Kubernetes API gives, with what becomes of it.</summary>
    [Theory]
    [InlineData(400, "BadRequest", "KubeInvalid", ErrorCategory.InvalidData, false)]
    [InlineData(401, "Unauthorized", "KubeUnauthorized", ErrorCategory.AuthenticationError, true)]
    [InlineData(403, "Forbidden", "KubeForbidden", ErrorCategory.PermissionDenied, false)]
    [InlineData(404, "NotFound", "KubeNotFound", ErrorCategory.ObjectNotFound, false)]
    [InlineData(405, "MethodNotAllowed", "KubeNotSupported", ErrorCategory.NotImplemented, false)]
    [InlineData(406, "NotAcceptable", "KubeNotSupported", ErrorCategory.NotImplemented, false)]
    [InlineData(409, "AlreadyExists", "KubeAlreadyExists", ErrorCategory.ResourceExists, false)]
    [InlineData(409, "Conflict", "KubeConflict", ErrorCategory.ResourceBusy, false)]
    [InlineData(410, "Gone", "KubeExpired", ErrorCategory.ResourceUnavailable, false)]
    [InlineData(410, "Expired", "KubeExpired", ErrorCategory.ResourceUnavailable, false)]
    [InlineData(413, "RequestEntityTooLarge", "KubeInvalid", ErrorCategory.InvalidData, false)]
    [InlineData(415, "UnsupportedMediaType", "KubeNotSupported", ErrorCategory.NotImplemented, false)]
    [InlineData(422, "Invalid", "KubeInvalid", ErrorCategory.InvalidData, false)]
    [InlineData(501, "NotImplemented", "KubeServerFailed", ErrorCategory.InvalidResult, false)]
    public void Every_reason_of_the_server_becomes_one_error(int code, string reason, string id, ErrorCategory category, bool ends)
    {
        using var api = new ScriptedApi(code, Status(code, reason));
        _session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]; $Error.Clear(); $VerbosePreference = $DebugPreference = 'Continue'", api.KubeConfigPath);

        var error = ends ? _session.RunForError("Remove-KubePod web -Confirm:$false") : RunForOneError("Remove-KubePod web -Confirm:$false");

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(ends ? null : "pods/web", error.TargetObject);
        Assert.Equal("the server says " + reason, error.ErrorDetails.Message);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        var everything = string.Join('\n', _session.Messages) + _session.Screen.Text + error.Exception + error.ErrorDetails + _session.Show("$Error | ForEach-Object { $_; $_.Exception.ToString() }");
        Assert.DoesNotContain(ScriptedApi.Token, everything, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_is_a_web_page_is_no_Kubernetes()
    {
        using var api = new ScriptedApi(200, "<html>Please log in</html>");
        _session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", api.KubeConfigPath);

        Assert.StartsWith("KubeNotKubernetes,", _session.RunForError("Get-KubePod").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forbidden_command_names_the_verb_and_resource_to_ask_for()
    {
        const string Message = "pods \"web\" is forbidden: User \"jane\" cannot delete resource \"pods\" in API group \"\" in the namespace \"default\"";
        using var api = new ScriptedApi(403, JsonSerializer.Serialize(new { kind = "Status", apiVersion = "v1", status = "Failure", message = Message, reason = "Forbidden", code = 403 }));
        _session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", api.KubeConfigPath);

        Assert.Equal(Message, RunForOneError("Remove-KubePod web -Confirm:$false").ErrorDetails.Message);
    }

    /// <summary>KUBE_GOLDEN=write writes the page anew.</summary>
    [Fact]
    public void The_page_of_errors_is_the_code_s_own_list()
    {
        var path = Path.Combine(ModuleSession.RepositoryRoot, "docs", "errors.md");
        var page = new StringBuilder("""
            # Errors

            The first part of an error's `FullyQualifiedErrorId` is stable: `catch { if ($_.FullyQualifiedErrorId -like 'KubeNotFound,*') … }`. An error that ends
            its command is about more than one of its targets; after any other the command goes on with the rest.

            | id | when | ends the command | category | what to do |
            | --- | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        foreach (var error in _session.Run("[Kube.Module.Base.Errors]::All"))
            page.Append($"| `{error.Properties["Id"].Value}` | {error.Properties["When"].Value} | {(error.Properties["OneTarget"].Value is true ? "no" : "yes")} | {error.Properties["Category"].Value} | {error.Properties["Action"].Value} |\n");

        if (Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write") File.WriteAllText(path, page.ToString());
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), page.ToString());
    }

    ErrorRecord RunForOneError(string script)
    {
        _session.Run(script);
        return Assert.Single(_session.Errors);
    }

    static string Status(int code, string reason) =>
        JsonSerializer.Serialize(new { kind = "Status", apiVersion = "v1", status = "Failure", message = "the server says " + reason, reason, code, details = new { name = "web", kind = "pods" } });

    public void Dispose() => _session.Dispose();
}
