using System.Text;
using System.Security.Cryptography.X509Certificates;
using Kube.Module.Tests.Commands.Connection;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>Connections to the lab's Kubernetes, which knows roles and certificates, beside one to the embedded server.</summary>
[Collection("kubernetes")]
public sealed class ConnectionTests(KubernetesCluster kubernetes, SimulatedCluster simulated) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = kubernetes.Connect();

    [Fact]
    public void An_administrators_certificate_passes_every_step_and_tells_the_user()
    {
        var test = FoundConnection.Of(_session.RunForOne("Test-KubeConnection"));
        Assert.True(test.IsUsable, test.ToString());
        Assert.StartsWith("v1.20.", (string)test["Version"]!, StringComparison.Ordinal);
        // The server cannot be asked; the certificate says it.
        Assert.Contains($"CN={test["User"]}", ((X509Certificate2)Known.ClientCertificate!).Subject, StringComparison.Ordinal);
        Assert.Contains("system:masters", test.Texts("Groups"));
        Assert.Equal(true, test["IsTrusted"]);
        Assert.Contains("* *", test.Texts("Allowed"));
    }

    [Fact]
    public void By_address_and_certificate_alone()
    {
        var known = Known;
        _session.Run("$null = Connect-KubeCluster -Uri $args[0] -Certificate $args[1] -CertificateAuthority $args[2]", known.Server, known.ClientCertificate, known.AuthorityPem);
        Assert.Empty(_session.Errors);
        Assert.Contains("kube-system", _session.Run("Get-KubeNamespace").Select(item => (string)item.Properties["Name"].Value));
    }

    [Fact]
    public void A_service_account_without_a_role_is_known_by_name_and_told_what_it_may_not()
    {
        using var place = new Place(_session, kubernetes);
        var token = ServiceAccountToken(place.Name);
        var test = FoundConnection.Of(_session.RunForOne("Connect-KubeCluster -Uri $args[0] -Token $args[1] -CertificateAuthority $args[2] -Namespace $args[3] | Test-KubeConnection",
            Known.Server, SecureText.Of(token), Known.AuthorityPem, place.Name));
        try
        {
            Assert.True(test.IsUsable, test.ToString());
            Assert.Equal($"system:serviceaccount:{place.Name}:default", test["User"]);
            Assert.Contains("list pods", test.Texts("Denied"));
            Assert.Empty(test.Texts("Allowed"));
            var step = test.Steps[^1];
            Assert.Equal("Warning", step.State);
            Assert.Contains("role binding", step.Action, StringComparison.Ordinal);
            Assert.DoesNotContain(token, test + string.Join('\n', _session.Messages), StringComparison.Ordinal);
            Assert.StartsWith("KubeForbidden,", _session.RunForError("Get-KubePod -ErrorAction Stop").FullyQualifiedErrorId, StringComparison.Ordinal);
        }
        finally
        {
            // The place is the administrator's to clear.
            _session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", kubernetes.KubeConfigPath);
        }
    }

    [Fact]
    public void Two_clusters_stand_in_one_pipeline_and_objects_stay_with_theirs()
    {
        using var place = new Place(_session, kubernetes);
        var name = place.Name;
        try
        {
            _session.Run("""
                $global:real = Connect-KubeCluster -KubeConfigPath $args[0] -Namespace $args[2]
                $global:embedded = Connect-KubeCluster -KubeConfigPath $args[1]
                Disconnect-KubeCluster
                $null = New-KubeConfigMap $args[2] -Data @{ from = 'real' } -Connection $real
                """, kubernetes.KubeConfigPath, simulated.KubeConfigPath, name);
            // A namespace of the one cluster that contradicts that of the other is refused by name; without it the object is made anew where it is told.
            Assert.StartsWith("KubeNamespaceMismatch,", _session.RunForError("Get-KubeConfigMap $args[0] -Connection $real | New-KubeConfigMap -Connection $embedded -Namespace default -ErrorAction Stop", name).FullyQualifiedErrorId, StringComparison.Ordinal);
            _session.Run("""
                $null = New-KubeNamespace $args[0] -Connection $embedded
                Get-KubeConfigMap $args[0] -Connection $real | New-KubeConfigMap -Connection $embedded
                """, name);
            Assert.Empty(_session.Errors);
            Assert.Equal("real", _session.RunForOne("(Get-KubeConfigMap $args[0] -Connection $embedded -Namespace $args[0]).data.from", name).BaseObject);

            // What is changed or removed is changed where it came from, whatever the session is connected to.
            _session.Run("""
                $both = @(Get-KubeConfigMap $args[0] -Connection $real; Get-KubeConfigMap $args[0] -Connection $embedded -Namespace $args[0])
                $global:servers = $both.Connection.Server
                $both | Update-KubeResource -Patch @{ data = @{ seen = 'yes' } }
                """, name);
            Assert.Empty(_session.Errors);
            Assert.Equal(2, _session.Run("$servers").Select(item => item.BaseObject).Distinct().Count());
            Assert.Equal(["yes", "yes"], _session.Run("(Get-KubeConfigMap $args[0] -Connection $real).data.seen; (Get-KubeConfigMap $args[0] -Connection $embedded -Namespace $args[0]).data.seen", name).Select(item => (string)item.BaseObject));
            Assert.StartsWith("KubeWrongConnection,", _session.RunForError("Get-KubeConfigMap $args[0] -Connection $real | Remove-KubeConfigMap -Connection $embedded -Confirm:$false -ErrorAction Stop", name).FullyQualifiedErrorId, StringComparison.Ordinal);
            _session.Run("Get-KubeConfigMap $args[0] -Connection $embedded -Namespace $args[0] | Remove-KubeConfigMap -Confirm:$false; Remove-KubeNamespace $args[0] -Connection $embedded -Confirm:$false", name);
            Assert.Empty(_session.Errors);
            Assert.Single(_session.Run("Get-KubeConfigMap $args[0] -Connection $real", name));
        }
        finally
        {
            _session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", kubernetes.KubeConfigPath);
        }
    }

    KnownCluster Known => KnownCluster.Of(_session, kubernetes.KubeConfigPath);

    /// <summary>The token that this old Kubernetes makes for each service account.</summary>
    string ServiceAccountToken(string place)
    {
        TestCluster.WaitUntil(_session, $"[bool](Get-KubeSecret default-token-* -Namespace {place})");
        var secret = (string)_session.RunForOne("(Get-KubeResource secrets default-token-* -Namespace $args[0]).data.token", place).BaseObject;
        return Encoding.UTF8.GetString(Convert.FromBase64String(secret));
    }

    public void Dispose() => _session.Dispose();
}
