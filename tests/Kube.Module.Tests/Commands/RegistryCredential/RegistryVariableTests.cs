using Kube.Module.Tests.Completion;

namespace Kube.Module.Tests.Commands.RegistryCredential;

/// <summary>Credentials in a variable of the whole process: nothing else runs beside.</summary>
[Collection(nameof(KubeConfigCollection))]
public sealed class RegistryVariableTests : IDisposable
{
    readonly ModuleSession _session = new(width: 400);

    [Fact]
    public void An_environment_variable_is_listed_and_cannot_be_changed()
    {
        Environment.SetEnvironmentVariable("DOCKER_AUTH_CONFIG", """{"auths":{"env.io":{"auth":"bWU6aHVudGVyMg=="}}}""");
        try
        {
            Assert.Equal("$DOCKER_AUTH_CONFIG", _session.RunForOne("Get-KubeRegistryCredential env.io").Properties["Source"].Value);

            _session.Run("Remove-KubeRegistryCredential env.io");
            var error = Assert.Single(_session.Errors);
            Assert.Contains("unset it", error.Exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", $"{error} {error.Exception} {error.ErrorDetails}{_session.Screen.Text}{string.Join('\n', _session.Messages)}", StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_AUTH_CONFIG", null);
        }
    }

    public void Dispose() => _session.Dispose();
}
