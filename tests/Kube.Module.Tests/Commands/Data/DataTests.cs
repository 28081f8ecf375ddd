using System.Text.Json.Nodes;

namespace Kube.Module.Tests.Commands.Data;

public sealed class DataTests : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly SimulatedCluster _cluster;
    readonly ModuleSession _session;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kube-data-");

    public DataTests(SimulatedCluster cluster)
    {
        (_cluster, _session) = (cluster, cluster.Connect());
        File.WriteAllText(At("text.txt"), "grün\n");
        File.WriteAllBytes(At("raw.bin"), [0, 255, 254]);
        File.WriteAllText(At("tls.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        File.WriteAllText(At("tls.key"), "-----BEGIN RSA PRIVATE KEY-----\r\nAAAA\r\n-----END RSA PRIVATE KEY-----\r\n");
        _session.Run("$folder = $args[0]; $secret = [securestring]::new(); 'pä ss'.ToCharArray().ForEach{ $secret.AppendChar($_) }", _folder.FullName);
    }

    [Theory]
    [InlineData("-Data @{ a = 1; b = '' }", """{"a":"1","b":""}""", null)]
    [InlineData("-FromFile \"$folder/text.txt\"", """{"text.txt":"grün\n"}""", null)]
    [InlineData("-FromFile \"other=$folder/text.txt\", \"$folder/raw.bin\"", """{"other":"grün\n"}""", """{"raw.bin":"AP/+"}""")]
    [InlineData("-Data @{ bytes = [byte[]](195) }", null, """{"bytes":"ww=="}""")]
    [InlineData("", null, null)]
    public void A_config_map_keeps_text_as_text_and_bytes_as_bytes(string parameters, string? data, string? binaryData)
    {
        using var place = new Place(_session, _cluster);

        var made = JsonNode.Parse((string)_session.RunForOne($"(New-KubeConfigMap made {parameters}).ToJson()").BaseObject)!;

        Assert.Empty(_session.Errors);
        Assert.Equal(data is null ? null : JsonNode.Parse(data)!.ToJsonString(), made["data"]?.ToJsonString());
        Assert.Equal(binaryData is null ? null : JsonNode.Parse(binaryData)!.ToJsonString(), made["binaryData"]?.ToJsonString());
    }

    [Fact]
    public void A_folder_gives_each_file_right_in_it()
    {
        using var place = new Place(_session, _cluster);
        _folder.CreateSubdirectory("deeper");

        Assert.Equal(4, _session.RunForOne("(New-KubeConfigMap all -FromFile $folder).DataCount").BaseObject);
    }

    [Theory]
    [InlineData("New-KubeConfigMap x -Data @{ 'a b' = 1 }", "'a b' is no key")]
    [InlineData("New-KubeConfigMap x -Data @{ '..' = 1 }", "'..' is no key")]
    [InlineData("New-KubeConfigMap x -Data @{ 'text.txt' = 1 } -FromFile \"$folder/text.txt\"", "two entries 'text.txt'")]
    [InlineData("New-KubeConfigMap x -FromFile \"$folder/nothing\"", "cannot be read")]
    [InlineData("New-KubeSecret x -FromFile \"k=$folder\"", "is a folder")]
    [InlineData("New-KubeSecret x -CertificatePath \"$folder/tls.key\" -KeyPath \"$folder/tls.key\"", "has no CERTIFICATE in PEM")]
    [InlineData("New-KubeSecret x -CertificatePath \"$folder/tls.crt\" -KeyPath \"$folder/raw.bin\"", "has no PRIVATE KEY in PEM")]
    public void What_makes_no_entry_is_refused_before_anything_is_made(string command, string message)
    {
        using var place = new Place(_session, _cluster);

        var error = _session.RunForError(command);

        Assert.StartsWith("KubeParameterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-KubeConfigMap x*; Get-KubeSecret x*"));
    }

    [Theory]
    [InlineData("-Data @{ a = $secret }", "Opaque", "a", "pä ss")]
    [InlineData("-Data @{ a = 'plain' }", "Opaque", "a", "plain")]
    [InlineData("-Credential ([pscredential]::new('me', $secret))", "kubernetes.io/basic-auth", "username", "me")]
    [InlineData("-Credential ([pscredential]::new('me', $secret))", "kubernetes.io/basic-auth", "password", "pä ss")]
    [InlineData("-Type example.com/mine -FromFile \"k=$folder/text.txt\"", "example.com/mine", "k", "grün\n")]
    [InlineData("-CertificatePath \"$folder/tls.crt\" -KeyPath \"$folder/tls.key\"", "kubernetes.io/tls", "tls.key", "-----BEGIN RSA PRIVATE KEY-----\r\nAAAA\r\n-----END RSA PRIVATE KEY-----\r\n")]
    public void A_secret_gives_back_what_was_put_in(string parameters, string type, string key, string value)
    {
        using var place = new Place(_session, _cluster);

        Assert.Equal(type, _session.RunForOne($"(New-KubeSecret made {parameters}).Type").BaseObject);
        Assert.Equal(value, _session.RunForOne("Get-KubeSecret made -Key $args[0] -AsPlainText", key).BaseObject);
        Assert.Equal(value, _session.RunForOne("[System.Net.NetworkCredential]::new('', (Get-KubeSecret made -Key $args[0])).Password", key).BaseObject);
        Assert.Equal(value, _session.RunForOne("(Get-KubeSecret made -AsPlainText)[$args[0]]", key).BaseObject);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void Bytes_that_are_no_text_come_as_bytes_and_as_no_protected_string()
    {
        using var place = new Place(_session, _cluster);
        _session.Run("New-KubeSecret made -FromFile \"k=$folder/raw.bin\"");

        Assert.Equal(new byte[] { 0, 255, 254 }, _session.RunForOne("Get-KubeSecret made -Key k -AsPlainText").BaseObject);
        _session.Run("Get-KubeSecret made -Key k");
        Assert.StartsWith("KubeParameterInvalid,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        _session.Run("Get-KubeSecret made -Key other, missing");
        Assert.All(_session.Errors, error => Assert.StartsWith("KubeNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(2, _session.Errors.Count);
    }

    [Theory]
    [InlineData("New-KubeSecret never -Data @{ k = 'hidden-value' } -WhatIf")]
    [InlineData("New-KubeSecret made -Data @{ k = 'hidden-value' } -Verbose 4>&1")]
    [InlineData("$null = New-KubeSecret made -Data @{ k = 'hidden-value' }; Get-KubeSecret made; Get-KubeSecret made | Format-List; Get-KubeSecret made | Format-Table -View wide")]
    [InlineData("New-KubeSecret 'Not a name' -Data @{ k = 'hidden-value' }")]
    public void No_view_and_no_message_shows_a_value(string command)
    {
        using var place = new Place(_session, _cluster);

        var shown = _session.Show(command) + string.Join('\n', _session.Errors.Select(error => error.Exception + error.ErrorDetails?.Message));

        Assert.NotEmpty(shown);
        Assert.DoesNotContain("hidden-value", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("hidden-value"u8), shown, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    string At(string name) => Path.Combine(_folder.FullName, name);
}
