using System.Text;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Volumes;

namespace Kube.Agent.Tests.Volumes;

public sealed class PodVolumesTests : IDisposable
{
    static readonly NodeCapacity Node = new(4, 1L << 30);
    static readonly CancellationToken None = CancellationToken.None;

    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("kube-test-");
    readonly ManualTime _time = new();
    readonly Data _data;
    readonly PodVolumes _volumes;

    public PodVolumesTests()
    {
        _data = new Data(_time);
        _volumes = new PodVolumes(_root.FullName, _data, _time);
    }

    public void Dispose() => _root.Delete(recursive: true);

    static Pod Pod(string volumes, string mounts, string more = "", string uid = "u-1") => Kube.Agent.Pods.Pod.Parse(Encoding.UTF8.GetBytes(
        """{"metadata":{"name":"web","namespace":"shop","uid":"UID"},"spec":{MORE"volumes":[VOLUMES],"containers":[{"name":"c","volumeMounts":[MOUNTS]}]}}"""
            .Replace("UID", uid).Replace("VOLUMES", volumes).Replace("MOUNTS", mounts).Replace("MORE", more)));

    async Task<IReadOnlyList<Mount>> MountAsync(Pod pod, bool sharesFiles = true) =>
        (await _volumes.PrepareAsync(pod, Node, sharesFiles, None)).For(pod.Spec.Containers[0], new Dictionary<string, string>());

    async Task<string> RefuseAsync(Pod pod, bool sharesFiles = true) => (await Assert.ThrowsAsync<VolumeException>(() => MountAsync(pod, sharesFiles))).Message;

    static string Read(Mount mount, string path = "") => File.ReadAllText(Path.Combine(Assert.IsType<Mount.Bind>(mount).Source, path));

    [Fact]
    public async Task Config_maps_and_secrets_are_files()
    {
        _data.ConfigMaps["shop/c"] = new() { ["a.txt"] = "A"u8.ToArray() };
        _data.Secrets["shop/s"] = new() { ["key"] = new byte[] { 0, 255 } };
        var mounts = await MountAsync(Pod(
            """{"name":"one","configMap":{"name":"c"}},{"name":"two","secret":{"secretName":"s","defaultMode":256}}""",
            """{"name":"one","mountPath":"/one"},{"name":"two","mountPath":"/two"}"""));
        Assert.Equal("A", Read(mounts[0], "a.txt"));
        Assert.Equal(new byte[] { 0, 255 }, File.ReadAllBytes(Path.Combine(((Mount.Bind)mounts[1]).Source, "key")));
        Assert.All(mounts, mount => Assert.True(mount is Mount.Bind { ReadOnly: true, IsAgentsOwn: true, CreateSource: false }));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_root.FullName, "u-1")));
    }

    [Theory]
    [InlineData("""{"name":"v","configMap":{"name":"no"}}""", "configmap \"no\" not found")]
    [InlineData("""{"name":"v","secret":{"secretName":"no"}}""", "secret \"no\" not found")]
    [InlineData("""{"name":"v","secret":{"secretName":"s","items":[{"key":"no","path":"p"}]}}""", "references non-existent secret key: no")]
    [InlineData("""{"name":"v","secret":{"secretName":"s","items":[{"key":"k","path":"../p"}]}}""", "'..'")]
    [InlineData("""{"name":"v","downwardAPI":{"items":[{"path":"p","fieldRef":{"fieldPath":"status.podIP"}}]}}""", "status.podIP")]
    [InlineData("""{"name":"v","downwardAPI":{"items":[{"path":"p"}]}}""", "neither")]
    [InlineData("""{"name":"v","downwardAPI":{"items":[{"path":"p","resourceFieldRef":{"containerName":"x","resource":"limits.cpu"}}]}}""", "container x not found")]
    [InlineData("""{"name":"v","nfs":{"server":"x"}}""", "kind nfs")]
    public async Task What_cannot_be_had_is_refused_by_the_volumes_name(string volume, string expected)
    {
        _data.Secrets["shop/s"] = new() { ["k"] = new byte[] { 1 } };
        var refusal = await RefuseAsync(Pod(volume, """{"name":"v","mountPath":"/v"}"""));
        Assert.StartsWith("MountVolume.SetUp failed for volume \"v\" : ", refusal);
        Assert.Contains(expected, refusal);
    }

    [Theory]
    [InlineData("""{"name":"v","configMap":{"name":"no","optional":true}}""")]
    [InlineData("""{"name":"v","secret":{"secretName":"no","optional":true}}""")]
    [InlineData("""{"name":"v","projected":{"sources":[{"secret":{"name":"no","optional":true}}]}}""")]
    public async Task What_may_be_missing_is_an_empty_folder(string volume) =>
        Assert.All(Directory.EnumerateFileSystemEntries(((Mount.Bind)(await MountAsync(Pod(volume, """{"name":"v","mountPath":"/v"}""")))[0]).Source), entry => Assert.StartsWith("..", Path.GetFileName(entry)));

    [Fact]
    public async Task What_no_container_mounts_is_not_made() => Assert.Empty(await MountAsync(Pod("""{"name":"v","secret":{"secretName":"no"}},{"name":"w","nfs":{}}""", "")));

    [Fact]
    public async Task A_mount_without_its_volume_is_refused() => Assert.Contains("no such volume", await RefuseAsync(Pod("", """{"name":"v","mountPath":"/v"}""")));

    [Fact]
    public async Task Files_follow_what_they_come_from()
    {
        var pod = Pod("""{"name":"v","configMap":{"name":"c"}}""", """{"name":"v","mountPath":"/v"}""");
        _data.ConfigMaps["shop/c"] = new() { ["a"] = "1"u8.ToArray() };
        var mounts = await _volumes.PrepareAsync(pod, Node, true, None);
        Assert.Equal(_time.GetUtcNow().AddMinutes(1), mounts.RefreshAt);
        var mount = mounts.For(pod.Spec.Containers[0], new Dictionary<string, string>())[0];
        _data.ConfigMaps["shop/c"] = new() { ["a"] = "2"u8.ToArray() };
        Assert.Equal("1", Read(mount, "a"));
        await _volumes.PrepareAsync(pod, Node, true, None);
        Assert.Equal("2", Read(mount, "a"));
    }

    [Fact]
    public async Task Parts_of_files_are_mounted_and_missing_ones_refused()
    {
        _data.ConfigMaps["shop/c"] = new() { ["a"] = "1"u8.ToArray() };
        const string volume = """{"name":"v","configMap":{"name":"c"}}""";
        Assert.Equal("1", Read((await MountAsync(Pod(volume, """{"name":"v","mountPath":"/v","subPath":"a"}""")))[0]));
        Assert.Contains("no 'b'", await RefuseAsync(Pod(volume, """{"name":"v","mountPath":"/v","subPath":"b"}""")));
    }

    [Fact]
    public async Task A_projected_volume_holds_token_authority_and_name()
    {
        _data.ConfigMaps["shop/kube-root-ca.crt"] = new() { ["ca.crt"] = "CA"u8.ToArray() };
        var mount = (await MountAsync(Pod("""
            {"name":"v","projected":{"sources":[
              {"serviceAccountToken":{"path":"token","expirationSeconds":3607}},
              {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
              {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"fieldPath":"metadata.namespace"}}]}}]}}
            """, """{"name":"v","mountPath":"/v"}""", """ "serviceAccountName":"robot", """)))[0];
        Assert.Equal(("token-1", "CA", "shop"), (Read(mount, "token"), Read(mount, "ca.crt"), Read(mount, "namespace")));
        Assert.Equal(new TokenRequest("shop", "robot", "web", "u-1", null, 3607), Assert.Single(_data.Tokens));
    }

    [Fact]
    public async Task A_token_is_replaced_when_a_fifth_of_its_life_is_left()
    {
        var pod = Pod("""{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"token","expirationSeconds":1000}}]}}""", """{"name":"v","mountPath":"/v"}""");
        var mount = (await MountAsync(pod))[0];
        _time.Advance(TimeSpan.FromSeconds(799));
        Assert.Equal("token-1", Read((await MountAsync(pod))[0], "token"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await MountAsync(pod);
        Assert.Equal("token-2", Read(mount, "token"));
    }

    [Theory]
    [InlineData(3600, 2880)]
    [InlineData(86_400, 69_120)]
    [InlineData(31_536_000, 86_400)]
    public void Or_once_a_day(int life, int expected)
    {
        var now = _time.GetUtcNow();
        Assert.Equal(now.AddSeconds(expected), PodVolumes.ReplaceAt(now, now.AddSeconds(life)));
    }

    [Fact]
    public async Task Where_the_node_has_to_it_adds_the_service_account()
    {
        _data.ConfigMaps["shop/kube-root-ca.crt"] = new() { ["ca.crt"] = "CA"u8.ToArray() };
        var adding = new PodVolumes(_root.FullName, _data, _time) { AddsServiceAccount = true };
        async Task<int> CountAsync(Pod pod) => (await adding.PrepareAsync(pod, Node, true, None)).For(pod.Spec.Containers[0], new Dictionary<string, string>()).Count;

        var plain = Pod("", "");
        var mount = Assert.Single((await adding.PrepareAsync(plain, Node, true, None)).For(plain.Spec.Containers[0], new Dictionary<string, string>()));
        Assert.Equal(("/var/run/secrets/kubernetes.io/serviceaccount", true), (mount.Target, mount.ReadOnly));
        Assert.Equal(("token-1", "CA", "shop"), (Read(mount, "token"), Read(mount, "ca.crt"), Read(mount, "namespace")));
        Assert.Equal("default", _data.Tokens[0].ServiceAccount);

        Assert.Equal(0, await CountAsync(Pod("", "", """ "automountServiceAccountToken":false, """)));
        _data.Automounts = false;
        Assert.Equal(0, await CountAsync(plain));
        _data.Automounts = true;
        Assert.Empty(await MountAsync(plain));

        // What is there already stays as it is, and no token is asked for.
        _data.Tokens.Clear();
        Assert.Equal(1, await CountAsync(Pod("""{"name":"mine"}""", """{"name":"mine","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount/"}""", uid: "u-2")));
        Assert.Empty(_data.Tokens);
    }

    [Fact]
    public async Task Empty_folders_are_the_sandboxs()
    {
        var pod = Pod("""{"name":"v","emptyDir":{"medium":"Memory","sizeLimit":"1Mi"}},{"name":"w","emptyDir":{"sizeLimit":"1Mi"}}""", """{"name":"v","mountPath":"/v","subPath":"a"},{"name":"w","mountPath":"/w","readOnly":true}""");
        var mounts = await _volumes.PrepareAsync(pod, Node, true, None);
        Assert.Equal([new SandboxVolume("v") { InMemory = true, SizeLimitBytes = 1 << 20 }, new SandboxVolume("w")], mounts.SandboxVolumes);
        Assert.Equal([new Mount.Volume("v", "/v", false) { SubPath = "a" }, new Mount.Volume("w", "/w", true)], mounts.For(pod.Spec.Containers[0], new Dictionary<string, string>()));
        Assert.Single(mounts.Warnings);
        Assert.Null(mounts.RefreshAt);
        Assert.Empty(_volumes.FindPods());
        Assert.Contains("mountPropagation", await RefuseAsync(Pod("""{"name":"v","emptyDir":{}}""", """{"name":"v","mountPath":"/v","mountPropagation":"HostToContainer"}""")));
    }

    [Fact]
    public async Task Paths_of_the_node_are_checked_and_bound()
    {
        var path = _root.FullName.Replace('\\', '/');
        string Volume(string more, string suffix = "") => """{"name":"v","hostPath":{"path":"PATH"MORE}}""".Replace("PATH", path + suffix).Replace("MORE", more);
        const string mount = """{"name":"v","mountPath":"/v","mountPropagation":"HostToContainer"}""";
        Assert.Equal(new Mount.Bind(path, "/v", false) { CreateSource = true, Propagation = "rslave" }, (await MountAsync(Pod(Volume(""), mount)))[0]);
        Assert.Equal(new Mount.Bind(path, "/v", false) { Propagation = "rslave" }, (await MountAsync(Pod(Volume(""","type":"Directory" """), mount)))[0]);
        Assert.Contains("is not a directory", await RefuseAsync(Pod(Volume(""","type":"Directory" """, "/no"), mount)));

        Assert.Equal(path + "/a/b", ((Mount.Bind)(await MountAsync(Pod(Volume(""), """{"name":"v","mountPath":"/v","subPath":"a/b"}""")))[0]).Source);
        Assert.True(Directory.Exists(path + "/a/b"));
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(path + "/out", "/");
        Assert.Contains("symbolic link", await RefuseAsync(Pod(Volume(""), """{"name":"v","mountPath":"/v","subPath":"out/etc"}""")));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""","type":"DirectoryOrCreate" """, null)]
    [InlineData(""","type":"Directory" """, "not this one")]
    [InlineData(""","type":"File" """, "not this one")]
    public async Task Paths_of_another_machine_are_not_checked_here(string type, string? expected)
    {
        var pod = Pod("""{"name":"v","hostPath":{"path":"/no/such/path"TYPE}}""".Replace("TYPE", type), """{"name":"v","mountPath":"/v"}""");
        if (expected is not null)
            Assert.Contains(expected, await RefuseAsync(pod, sharesFiles: false));
        else
            Assert.Equal(new Mount.Bind("/no/such/path", "/v", false) { CreateSource = true }, (await MountAsync(pod, sharesFiles: false))[0]);
        Assert.False(Path.Exists("/no/such/path"));
    }

    [Fact]
    public async Task With_a_group_for_files_all_may_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }
        _data.Secrets["shop/s"] = new() { ["k"] = new byte[] { 1 } };
        var mount = (Mount.Bind)(await MountAsync(Pod("""{"name":"v","secret":{"secretName":"s","defaultMode":256}}""", """{"name":"v","mountPath":"/v"}""", """ "securityContext":{"fsGroup":1000}, """)))[0];
        Assert.Equal((UnixFileMode)0b100_100_100, File.GetUnixFileMode(Path.Combine(mount.Source, "k")));
    }

    [Fact]
    public async Task What_a_pod_had_goes_with_it()
    {
        _data.ConfigMaps["shop/c"] = new() { ["a"] = "1"u8.ToArray() };
        foreach (var uid in new[] { "u-1", "u-2" })
            await MountAsync(Pod("""{"name":"v","configMap":{"name":"c"}}""", """{"name":"v","mountPath":"/v"}""", uid: uid));
        Assert.Equal(["u-1", "u-2"], _volumes.FindPods().Order());
        _volumes.Remove("u-1");
        _volumes.Remove("u-1");
        Assert.Equal(["u-2"], _volumes.FindPods());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    public void A_uid_leads_nowhere_else(string uid) => Assert.Throws<FormatException>(() => _volumes.Remove(uid));

    [Fact]
    public async Task The_apis_failure_is_the_volumes()
    {
        _data.Failure = new KubeConnectionException(KubeConnectionFault.Unreachable, "nobody is there");
        Assert.Contains("nobody is there", await RefuseAsync(Pod("""{"name":"v","configMap":{"name":"c"}}""", """{"name":"v","mountPath":"/v"}""")));
    }

    [Fact]
    public void Last_words_are_read_to_4096_bytes()
    {
        var container = new ContainerIdentity("web", "shop", "u-1", "c", 2) { TerminationMessagePath = "/dev/termination-log" };
        var mount = TerminationMessage.Create(_root.FullName, container);
        Assert.Equal(("/dev/termination-log", false), (mount.Target, mount.ReadOnly));
        Assert.Null(TerminationMessage.Read(_root.FullName, container));
        File.WriteAllText(mount.Source, "oh no");
        Assert.Equal("oh no", TerminationMessage.Read(_root.FullName, container));
        File.WriteAllText(mount.Source, "x" + new string('y', 4095) + "z");
        Assert.Equal(new string('y', 4095) + "z", TerminationMessage.Read(_root.FullName, container));
        Assert.Null(TerminationMessage.Read(_root.FullName, container with { Attempt = 1 }));
        TerminationMessage.Remove(_root.FullName, container);
        Assert.Null(TerminationMessage.Read(_root.FullName, container));
    }

    sealed class Data(TimeProvider time) : IVolumeData
    {
        public Dictionary<string, Dictionary<string, ReadOnlyMemory<byte>>> ConfigMaps { get; } = [];

        public Dictionary<string, Dictionary<string, ReadOnlyMemory<byte>>> Secrets { get; } = [];

        public List<TokenRequest> Tokens { get; } = [];

        public bool Automounts { get; set; } = true;

        public Exception? Failure { get; set; }

        public Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> GetConfigMapAsync(string @namespace, string name, CancellationToken cancel) =>
            Failure is not null ? throw Failure : Task.FromResult<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?>(ConfigMaps.GetValueOrDefault($"{@namespace}/{name}"));

        public Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> GetSecretAsync(string @namespace, string name, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?>(Secrets.GetValueOrDefault($"{@namespace}/{name}"));

        public Task<bool> AutomountsAsync(string @namespace, string serviceAccount, CancellationToken cancel) => Task.FromResult(Automounts);

        public Task<ServiceAccountToken> RequestTokenAsync(TokenRequest request, CancellationToken cancel)
        {
            Tokens.Add(request);
            return Task.FromResult(new ServiceAccountToken(time.GetUtcNow().AddSeconds(request.Seconds)) { Value = $"token-{Tokens.Count}" });
        }
    }
}
