using System.Collections.Concurrent;
using Kube.Agent.Images;
using Kube.Agent.Runtime;
using Kube.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kube.Agent.Tests.Images;

public sealed class ImagePullerTests : IDisposable
{
    static readonly ImageReference Image = ImageReference.Parse("r.example/app:1");

    readonly string _folder = Directory.CreateTempSubdirectory("kube-agent-images-").FullName;
    readonly PullsAlone _runtime = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    ImagePullRecordFile Records() => new(_folder, _runtime, TimeProvider.System, NullLogger.Instance);

    ImagePuller Puller() => new(_runtime, Records(), TimeProvider.System);

    static KeyringMatch As(string user, string password = "p", string? secret = null) =>
        new(new RegistryCredential("r.example", user, "file") { Password = password, Secret = secret is null ? null : new PullSecretReference("ns", secret, secret) }, "r.example");

    Task<ImagePulled> PullAsync(ImagePuller puller, params KeyringMatch[] users) => puller.PullAsync(Image, users, _ => { }, CancellationToken.None);

    [Fact]
    public async Task Credentials_are_tried_in_order_until_one_works()
    {
        _runtime.Accepts = user => user == "cid";
        await PullAsync(Puller(), As("ann"), As("bob"), As("cid"), As("dan"));
        Assert.Equal(["ann", "bob", "cid"], _runtime.Tried);
    }

    [Fact]
    public async Task Without_credentials_the_pull_is_anonymous_and_says_so()
    {
        await PullAsync(Puller());
        _runtime.Accepts = _ => false;
        var failure = await Assert.ThrowsAsync<ImagePullException>(() => PullAsync(Puller()));
        Assert.Equal("denied (pulled anonymously: there is no credential for r.example)", failure.Message);
        Assert.Equal(["", ""], _runtime.Tried);
    }

    [Fact]
    public async Task With_credentials_nothing_is_tried_anonymously_and_all_users_are_named_without_their_passwords()
    {
        _runtime.Accepts = user => user.Length == 0;
        var failure = await Assert.ThrowsAsync<ImagePullException>(() => PullAsync(Puller(), As("ann", "s3cret"), As("bob", "s3cret2")));
        Assert.Equal("as ann at r.example (from file): denied; as bob at r.example (from file): denied", failure.Message);
        Assert.Equal(["ann", "bob"], _runtime.Tried);
    }

    [Fact]
    public async Task Those_who_want_the_same_with_the_same_credentials_wait_for_one_pull()
    {
        var puller = Puller();
        _runtime.Hold();
        var pulls = new[] { PullAsync(puller, As("ann")), PullAsync(puller, As("ann")), PullAsync(puller, As("ann")) };
        await _runtime.UntilTriedAsync(1);
        _runtime.Release();
        await Task.WhenAll(pulls);
        Assert.Single(_runtime.Tried);
        // What is over is not shared.
        await PullAsync(puller, As("ann"));
        Assert.Equal(2, _runtime.Tried.Count);
    }

    [Theory]
    [InlineData("bob", "p", null)]
    [InlineData("ann", "other", null)]
    [InlineData("ann", "p", "of-a-secret")]
    public async Task Other_credentials_make_another_pull(string user, string password, string? secret)
    {
        var puller = Puller();
        _runtime.Hold();
        var pulls = new[] { PullAsync(puller, As("ann")), PullAsync(puller, As(user, password, secret)) };
        await _runtime.UntilTriedAsync(2);
        _runtime.Release();
        await Task.WhenAll(pulls);
    }

    [Fact]
    public async Task All_who_wait_see_the_progress()
    {
        var puller = Puller();
        _runtime.Hold();
        var seen = new ConcurrentBag<string>();
        var first = puller.PullAsync(Image, [], _ => seen.Add("first"), CancellationToken.None);
        var second = puller.PullAsync(Image, [], _ => seen.Add("second"), CancellationToken.None);
        await _runtime.UntilTriedAsync(1);
        _runtime.Release();
        await Task.WhenAll(first, second);
        Assert.Equal(["first", "second"], seen.Order());
    }

    [Fact]
    public async Task What_was_pulled_with_a_secret_is_remembered_over_restarts()
    {
        await PullAsync(Puller(), As("ann", "p", "good"));
        async Task<bool> MustPullAsync(params RegistryCredential[] own) => await Records().UseAsync(records =>
        {
            var access = records.Check(Image, "sha256:1", own, ImagePullVerification.Default, DateTimeOffset.UnixEpoch);
            return (access.MustPull, access.Records);
        }, CancellationToken.None);
        Assert.True(await MustPullAsync());
        Assert.False(await MustPullAsync(As("ann", "p", "good").Credential));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "image-pulls.json")));
    }

    [Fact]
    public async Task A_pull_that_never_ended_is_for_nobody_until_proved()
    {
        await Records().ChangeAsync(records => records.Begin(Image), CancellationToken.None);
        var mustPull = await Records().UseAsync(records =>
        {
            var access = records.Check(Image, "sha256:1", [], ImagePullVerification.Default, DateTimeOffset.UnixEpoch);
            return (access.MustPull, access.Records);
        }, CancellationToken.None);
        Assert.True(mustPull);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_set_aside()
    {
        var path = Path.Combine(_folder, "image-pulls.json");
        await File.WriteAllTextAsync(path, "{");
        await PullAsync(Puller());
        Assert.Equal("{", await File.ReadAllTextAsync(path + ".unreadable"));
        Assert.NotEqual("{", await File.ReadAllTextAsync(path));
    }

    /// <summary>A runtime that does nothing but pull.</summary>
    sealed class PullsAlone : IContainerRuntime
    {
        readonly ConcurrentQueue<string> _tried = [];
        TaskCompletionSource _gate = Open();

        public Func<string, bool> Accepts { get; set; } = _ => true;
        public IReadOnlyCollection<string> Tried => _tried;
        public string Name => "Test";

        public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        public void Release() => _gate.SetResult();

        public async Task UntilTriedAsync(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (_tried.Count < count)
                await Task.Delay(5, limit.Token);
        }

        public async Task PullAsync(ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel)
        {
            _tried.Enqueue(credential?.UserName ?? "");
            await _gate.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
            progress.Report(new PullProgress("Downloading", 1, 2));
            if (!Accepts(credential?.UserName ?? ""))
                throw new ImagePullException("denied");
        }

        public Task<RuntimeImage?> InspectImageAsync(string image, CancellationToken cancel) => Task.FromResult<RuntimeImage?>(new RuntimeImage("sha256:1", [], 1));

        static TaskCompletionSource Open()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }

        public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancel) => throw new NotSupportedException();
        public Task<IReadOnlyList<RuntimeContainer>> ListAsync(CancellationToken cancel) => throw new NotSupportedException();
        public IAsyncEnumerable<string> WatchAsync(CancellationToken cancel) => throw new NotSupportedException();
        public Task<RuntimeContainer?> InspectAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task<RuntimeUsage?> GetUsageAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task<ReadOnlyMemory<byte>?> DescribeAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task<string> CreateSandboxAsync(SandboxConfig config, CancellationToken cancel) => throw new NotSupportedException();
        public Task<string> CreateContainerAsync(ContainerConfig config, CancellationToken cancel) => throw new NotSupportedException();
        public Task StartAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task StopAsync(string id, TimeSpan grace, CancellationToken cancel) => throw new NotSupportedException();
        public Task RemoveAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task ReadLogAsync(string id, LogRequest request, Func<LogFrame, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task AttachAsync(string id, AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task ConnectAsync(string sandboxId, int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
