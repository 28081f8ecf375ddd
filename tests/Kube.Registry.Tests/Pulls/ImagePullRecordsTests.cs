using System.Text;

namespace Kube.Registry.Tests.Pulls;

public class ImagePullRecordsTests
{
    const string Id = "sha256:1111";
    static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly ImageReference Image = ImageReference.Parse("ghcr.io/me/app:1");

    static RegistryCredential Secret(string name, string password, string uid = "uid") =>
        new("ghcr.io", "me", "ns/" + name) { Password = password, Secret = new PullSecretReference("ns", name, uid) };

    static readonly RegistryCredential Node = new("ghcr.io", "node", "file") { Password = "pw" };

    static bool MustPull(ImagePullRecords records, params RegistryCredential[] credentials) =>
        records.Check(Image, Id, credentials, ImagePullVerification.Default, Now).MustPull;

    [Fact]
    public void A_preloaded_image_is_free_for_all() => Assert.False(MustPull(ImagePullRecords.Create()));

    [Fact]
    public void An_image_pulled_with_a_secret_is_for_pods_with_that_secret()
    {
        var records = ImagePullRecords.Create().Begin(Image).Succeed(Image, Id, Secret("a", "hunter2"), Now);

        Assert.False(MustPull(records, Secret("a", "hunter2")));
        Assert.True(MustPull(records));
        Assert.True(MustPull(records, Secret("b", "other")));
        Assert.True(MustPull(records, Secret("b", "hunter2") with { UserName = "somebody" }));
        Assert.True(MustPull(records, Secret("a", "other", uid: "recreated")));
        // The node's own credential proves nothing about the pod.
        Assert.True(MustPull(records, Node, Node with { UserName = "me", Password = "hunter2" }));
    }

    [Fact]
    public void The_same_content_in_another_secret_and_new_content_in_the_same_secret_open_it_and_are_remembered()
    {
        var records = ImagePullRecords.Create().Succeed(Image, Id, Secret("a", "one"), Now);

        var copied = records.Check(Image, Id, [Secret("copy", "one", "other-uid")], ImagePullVerification.Default, Now);
        Assert.False(copied.MustPull);
        Assert.False(MustPull(copied.Records, Secret("copy", "rotated", "other-uid")));
        Assert.True(MustPull(records, Secret("copy", "rotated", "other-uid")));

        var rotated = records.Check(Image, Id, [Secret("a", "two")], ImagePullVerification.Default, Now);
        Assert.False(rotated.MustPull);
        Assert.False(MustPull(rotated.Records, Secret("b", "two", "b-uid")));
        // The old content no longer counts.
        Assert.True(MustPull(rotated.Records, Secret("b", "one", "b-uid")));

        Assert.Same(records, records.Check(Image, Id, [Secret("a", "one")], ImagePullVerification.Default, Now).Records);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_image_pulled_anonymously_or_as_the_node_is_for_all(bool anonymous)
    {
        var records = ImagePullRecords.Create().Succeed(Image, Id, Secret("a", "x"), Now).Succeed(Image, Id, anonymous ? null : Node, Now);

        Assert.False(MustPull(records));
        Assert.False(MustPull(records.Succeed(Image, Id, Secret("b", "y", "b-uid"), Now)));
    }

    [Fact]
    public void Each_name_of_an_image_is_proved_on_its_own_and_tags_do_not_matter()
    {
        var records = ImagePullRecords.Create().Succeed(Image, Id, null, Now);

        Assert.False(records.Check(ImageReference.Parse("ghcr.io/me/app:2"), Id, [], ImagePullVerification.Default, Now).MustPull);
        Assert.True(records.Check(ImageReference.Parse("quay.io/other/app:1"), Id, [], ImagePullVerification.Default, Now).MustPull);
        Assert.False(records.Check(Image, "sha256:2222", [], ImagePullVerification.Default, Now).MustPull);
    }

    [Fact]
    public void An_image_whose_pull_was_cut_off_is_no_preloaded_one()
    {
        var records = ImagePullRecords.Create().Begin(Image);
        Assert.True(MustPull(records, Secret("a", "x")));

        // Over a restart that finds the image complete …
        var found = ImagePullRecords.Parse(records.ToJson()).Recover(image => image == Image ? Id : null, Now);
        Assert.True(MustPull(found, Secret("a", "x")));
        Assert.True(found.Check(ImageReference.Parse("ghcr.io/me/app:9"), Id, [], ImagePullVerification.Default, Now).MustPull);

        // … and one that finds nothing: what turns up later did not come from here.
        Assert.False(MustPull(ImagePullRecords.Parse(records.ToJson()).Recover(_ => null, Now)));
    }

    [Fact]
    public void Recovery_does_not_touch_what_is_known()
    {
        var records = ImagePullRecords.Create().Succeed(Image, Id, Secret("a", "x"), Now).Begin(Image).Recover(_ => Id, Now);

        Assert.False(MustPull(records, Secret("a", "x")));
    }

    [Fact]
    public void Pulls_of_one_image_at_the_same_time_are_counted()
    {
        var records = ImagePullRecords.Create().Begin(Image).Begin(Image).Fail(Image);
        Assert.True(MustPull(records));

        records = records.Fail(Image);
        Assert.False(MustPull(records));
        Assert.Same(records, records.Fail(Image));
    }

    [Fact]
    public void The_file_holds_no_secret_and_gives_back_the_same_record()
    {
        var records = ImagePullRecords.Create().Begin(ImageReference.Parse("nginx")).Succeed(Image, Id, Secret("a", "hunter2"), Now).Succeed(ImageReference.Parse("quay.io/x"), Id, null, Now);

        var json = Encoding.UTF8.GetString(records.ToJson());

        Assert.DoesNotContain("hunter2", json + records);
        var read = ImagePullRecords.Parse(records.ToJson());
        Assert.Equal(json, Encoding.UTF8.GetString(read.ToJson()));
        Assert.False(MustPull(read, Secret("copy", "hunter2", "x")));
        Assert.True(MustPull(read, Secret("b", "other", "x")));
    }

    [Fact]
    public void Hashes_are_salted()
    {
        string[] files = [.. Enumerable.Range(0, 2).Select(_ => Encoding.UTF8.GetString(ImagePullRecords.Create().Succeed(Image, Id, Secret("a", "hunter2"), Now).ToJson()))];

        Assert.NotEqual(Hash(files[0]), Hash(files[1]));

        static string Hash(string json) => System.Text.RegularExpressions.Regex.Match(json, "\"hash\": *\"([0-9a-f]{64})\"").Groups[1].Value is { Length: 64 } hash ? hash : throw new FormatException(json);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1,"salt":"%","intents":[],"pulled":{}}""")]
    [InlineData("""{"version":1,"salt":"","intents":null,"pulled":{}}""")]
    [InlineData("""{"version":2,"salt":"","intents":[],"pulled":{}}""")]
    public void Another_file_is_refused(string json) => Assert.Throws<FormatException>(() => ImagePullRecords.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void What_is_gone_from_the_node_is_forgotten_unless_it_came_after_the_look()
    {
        var records = ImagePullRecords.Create().Succeed(Image, Id, Secret("a", "x"), Now);

        Assert.True(MustPull(records.Prune(new HashSet<string> { Id }, Now.AddMinutes(1))));
        Assert.True(MustPull(records.Prune(new HashSet<string>(), Now)));
        Assert.False(MustPull(records.Prune(new HashSet<string>(), Now.AddMinutes(1))));
    }

    [Fact]
    public void What_mere_matching_adds_is_bounded()
    {
        var records = ImagePullRecords.Create().Succeed(Image, Id, Secret("a", "x"), Now);
        for (var i = 0; i < 300; i++)
            records = records.Check(Image, Id, [Secret("copy", "x", $"uid-{i}")], ImagePullVerification.Default, Now).Records;

        Assert.Equal(100, Encoding.UTF8.GetString(records.ToJson()).Split("\"hash\"").Length - 1);
    }

    [Theory]
    [InlineData(ImagePullCredentialsVerificationPolicy.NeverVerify, false, false, false)]
    [InlineData(ImagePullCredentialsVerificationPolicy.NeverVerifyPreloadedImages, false, true, true)]
    [InlineData(ImagePullCredentialsVerificationPolicy.NeverVerifyAllowlistedImages, true, true, false)]
    [InlineData(ImagePullCredentialsVerificationPolicy.AlwaysVerify, true, true, true)]
    public void Policies_differ_in_what_they_verify(ImagePullCredentialsVerificationPolicy policy, bool preloaded, bool pulled, bool allowlisted)
    {
        var verification = new ImagePullVerification(policy, ["docker.io/library/nginx", "ghcr.io/public/*"]);

        Assert.Equal(preloaded, verification.IsRequired(Image, false));
        Assert.Equal(pulled, verification.IsRequired(Image, true));
        Assert.Equal(allowlisted, verification.IsRequired(ImageReference.Parse("nginx:1"), true));
        Assert.Equal(allowlisted, verification.IsRequired(ImageReference.Parse("ghcr.io/public/team/app"), true));
        Assert.Equal(pulled, verification.IsRequired(ImageReference.Parse("ghcr.io/publicity/app"), true));
        Assert.Equal(pulled, verification.IsRequired(ImageReference.Parse("nginx/other"), true));
    }

    [Theory]
    [InlineData("docker.io/library/nginx", true)]
    [InlineData("ghcr.io/*", true)]
    [InlineData("ghcr.io/team/*", true)]
    [InlineData("nginx", false)]
    [InlineData("docker.io/library/nginx:1", false)]
    [InlineData("/*", false)]
    [InlineData("*", false)]
    [InlineData("ghcr.io/*/app", false)]
    [InlineData("ghcr.io/team*", false)]
    [InlineData("*/*", false)]
    [InlineData("", false)]
    [InlineData(" ghcr.io/x", false)]
    public void The_allow_list_is_checked(string pattern, bool expected) =>
        Assert.Equal(expected, new ImagePullVerification(ImagePullCredentialsVerificationPolicy.NeverVerifyAllowlistedImages, [pattern]).Validate().Count == 0);
}
