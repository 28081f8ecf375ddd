using Kube.Shell.Editing;

namespace Kube.Shell.Tests.Editing;

public class SensitiveTextTests
{
    [Theory]
    [InlineData("ConvertTo-SecureString 'hunter2' -AsPlainText -Force")]
    [InlineData("ConvertTo-SecureString hunter2 -AsPlain")]
    [InlineData("'hunter2' | ConvertTo-SecureString -AsPlainText; $password = 'x'")]
    [InlineData("$password = 'hunter2'")]
    [InlineData("$env:API_KEY='abc'")]
    [InlineData("$env:GITHUB_TOKEN = \"abc\"")]
    [InlineData("$my.Secret = 'abc'")]
    [InlineData("Connect-Thing -Password hunter2")]
    [InlineData("Connect-Thing -Password:hunter2")]
    [InlineData("Connect-KubeCluster -Uri https://x -Token 'ey…'")]
    [InlineData("docker login -u me --password hunter2")]
    [InlineData("tool --token=abc")]
    [InlineData("@{ password = 'hunter2' }")]
    [InlineData("New-KubeSecret web -Data @{ pin = '1234' }")]
    [InlineData("[pscredential]::new('me', (ConvertTo-SecureString 'x' -AsPlainText -Force))")]
    [InlineData("curl -H 'Authorization: Bearer abcdef123456' https://x")]
    [InlineData("curl https://me:hunter2@example.com/")]
    [InlineData("$password = 'not closed")]
    public void A_secret_in_clear_is_not_kept(string command) => Assert.True(SensitiveText.Holds(command));

    [Theory]
    [InlineData("Get-KubePod")]
    [InlineData("Get-KubeSecret web")]
    [InlineData("Get-KubeSecret token | Select-Object Name")]
    [InlineData("Remove-KubeSecret db-password")]
    [InlineData("$password = Read-Host 'Your password' -AsSecureString")]
    [InlineData("Connect-Thing -Password $password")]
    [InlineData("Connect-Thing -Token (Get-Content token.txt)")]
    [InlineData("$token = Get-Content token.txt")]
    [InlineData("New-KubeRegistrySecret pull -Registry r.example.com")]
    [InlineData("Get-KubePod -SecretName pull")]
    [InlineData("Set-KubeRegistryCredential -Registry r.example.com -Credential (Get-Credential me)")]
    [InlineData("New-KubePod -Uri https://example.com:8443/pod.yaml")]
    [InlineData("\"$password\".Length")]
    [InlineData("'tokens'")]
    public void All_else_is(string command) => Assert.False(SensitiveText.Holds(command));
}
