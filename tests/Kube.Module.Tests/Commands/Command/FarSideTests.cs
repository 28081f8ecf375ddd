using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Kube.Module.Running;

namespace Kube.Module.Tests.Commands.Command;

/// <summary>Commands and copies where the far side ends the stream before its time, speaks an older protocol, or none that Kube does.</summary>
public sealed class FarSideTests
{
    const string Newest = "v5.channel.k8s.io", Older = "v4.channel.k8s.io";
    const string Exited = """{"metadata":{},"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}""";

    [Theory]
    [InlineData(Newest, true)]
    [InlineData(Newest, false)]
    [InlineData(Older, true)]
    [InlineData(Older, false)]
    public void A_command_without_a_final_word_is_an_error(string protocol, bool saysGoodbye)
    {
        using var far = new FarSide(async context =>
        {
            using var socket = await FarSide.OpenAsync(context, protocol);
            await FarSide.SendAsync(socket!, 1, "half of it\nand mo");
            if (saysGoodbye) await FarSide.CloseAsync(socket!);
            else socket!.Abort();
        });
        using var session = far.Connect();

        var output = session.Run("Invoke-KubeCommand -Pod web -- make it");

        // What arrived is not lost; whether a connection that is torn has let it through is the network's.
        if (saysGoodbye) Assert.Equal("half of it", Assert.Single(output).ToString());
        Assert.StartsWith("KubeStreamBroken,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(session.Run("Invoke-KubeCommand -Pod web -AsResult -- make it"));
        Assert.StartsWith("KubeStreamBroken,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Newest)]
    [InlineData(Older)]
    public void A_final_word_counts_though_the_connection_is_torn_behind_it(string protocol)
    {
        using var far = new FarSide(async context =>
        {
            using var socket = await FarSide.OpenAsync(context, protocol);
            await FarSide.SendAsync(socket!, 1, "done\n");
            await FarSide.SendAsync(socket!, 3, Exited[..20]);
            await FarSide.SendAsync(socket!, 3, Exited[20..]);
            // Until the client has read it: a torn connection loses what is under way.
            await Task.Delay(TimeSpan.FromSeconds(3));
            socket!.Abort();
        });
        using var session = far.Connect();

        Assert.Equal("done 7", session.RunForOne("Invoke-KubeCommand -Pod web -AsResult -- make it | ForEach-Object { \"$($_.Output) $($_.ExitCode)\" }").ToString());
        Assert.Empty(session.Errors);
    }

    [Theory]
    [InlineData(400, "Upgrade request required")]
    [InlineData(400, """{"kind":"Status","status":"Failure","message":"unable to upgrade: unable to upgrade streaming request: websocket unsupported","code":400}""")]
    [InlineData(403, "")]
    [InlineData(426, "")]
    [InlineData(501, "no such thing")]
    public void A_far_side_that_takes_SPDY_alone_is_told_by_name(int status, string body)
    {
        using var far = new FarSide(context =>
        {
            FarSide.Answer(context, status, body);
            return Task.CompletedTask;
        });
        using var session = far.Connect();

        foreach (var command in new[] { "Invoke-KubeCommand -Pod web -- true", "'x' | Invoke-KubeCommand -Pod web -- cat", "Copy-KubeItem web:/etc/hosts ." })
        {
            Assert.Empty(session.Run(command));
            var error = Assert.Single(session.Errors);
            Assert.StartsWith("KubeStreamUnsupported,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("SPDY alone", error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_who_may_not_is_told_so()
    {
        using var far = new FarSide(context =>
        {
            FarSide.Answer(context, 403, """{"kind":"Status","status":"Failure","reason":"Forbidden","message":"pods \"web\" is forbidden: User \"u\" cannot create resource \"pods/exec\"","code":403}""");
            return Task.CompletedTask;
        });
        using var session = far.Connect();

        foreach (var command in new[] { "Invoke-KubeCommand -Pod web -- true", "'x' | Invoke-KubeCommand -Pod web -- cat" })
        {
            session.Run(command);
            Assert.StartsWith("KubeForbidden,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Newest, "cat", "")]
    [InlineData(Older, "sh,-c,head -c \"$0\" | \"$@\",6,cat", "")]
    [InlineData(Newest, "cat", "-InFile")]
    [InlineData(Older, "sh,-c,head -c \"$0\" | \"$@\",6,cat", "-InFile")]
    public void The_end_of_input_is_told_or_else_its_length(string protocol, string words, string from)
    {
        using var far = new FarSide(async context =>
        {
            using var socket = await FarSide.OpenAsync(context, protocol);
            if (socket is null) return;
            var input = new MemoryStream();
            while (await FarSide.ReceiveAsync(socket) is { } message)
            {
                if (message is { Channel: 255, Bytes: [0] }) break;
                input.Write(message.Bytes);
                // An older one must not be told, and ends by the length.
                if (protocol == Older && input.Length == 6) break;
            }
            await FarSide.SendAsync(socket, 1, string.Join(',', context.Request.QueryString.GetValues("command")!) + "\n" + Encoding.UTF8.GetString(input.ToArray()));
            await FarSide.SendAsync(socket, 3, FarSide.Success);
            await FarSide.CloseAsync(socket);
        });
        using var session = far.Connect();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "ab\ncd\n");
        try
        {
            var command = from.Length > 0 ? "Invoke-KubeCommand -Pod web -InFile $args[0] -- cat" : "'ab', 'cd' | Invoke-KubeCommand -Pod web -- cat";
            Assert.Equal([words, "ab", "cd"], session.Run(command, file).Select(line => line.ToString()));
            Assert.Empty(session.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_comes_byte_by_byte_does_not_go_byte_by_byte()
    {
        var messages = 0;
        using var far = new FarSide(async context =>
        {
            using var socket = await FarSide.OpenAsync(context, Newest);
            var length = 0;
            while (await FarSide.ReceiveAsync(socket!) is { Channel: 0 } message)
            {
                messages++;
                length += message.Bytes.Length;
            }
            await FarSide.SendAsync(socket!, 1, $"{length}\n");
            await FarSide.SendAsync(socket!, 3, FarSide.Success);
            await FarSide.CloseAsync(socket!);
        });
        using var session = far.Connect();

        var watch = Stopwatch.StartNew();
        Assert.Equal("200000", session.RunForOne("[byte[]]::new(200000) | Invoke-KubeCommand -Pod web -- wc -c").ToString());
        // As many as there is time for, by the clock that they go by themselves; the full ones; the first and the last.
        Assert.InRange(messages, 1, (watch.Elapsed / InputQueue.Interval) + (200_000 / 32_768) + 2);
    }

    [Fact]
    public void Large_files_go_both_ways_as_they_are()
    {
        using var far = new FarSide(EchoAsync);
        using var session = far.Connect();
        var folder = Directory.CreateTempSubdirectory("kube-stream-").FullName;
        try
        {
            var (sent, back) = (Path.Combine(folder, "sent"), Path.Combine(folder, "back"));
            var bytes = new byte[30_000_001];
            new Random(1).NextBytes(bytes);
            File.WriteAllBytes(sent, bytes);

            session.Run("Invoke-KubeCommand -Pod web -InFile $args[0] -OutFile $args[1] -- cat", sent, back);

            Assert.Empty(session.Errors);
            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(back)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Whoever_does_not_take_output_holds_up_the_far_side()
    {
        var sent = 0L;
        using var far = new FarSide(async context =>
        {
            using var socket = await FarSide.OpenAsync(context, Newest);
            var message = new byte[1 + (32 << 10)];
            message[0] = 1;
            for (; sent < 400_000_000; sent += message.Length - 1) await socket!.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        });
        using var session = far.Connect();

        session.Run("$wait = $args[0]; foreach ($once in 1) { Invoke-KubeCommand -Pod web -AsByteStream -- yes | ForEach-Object { $wait.Invoke(); break } }", (Action)(() =>
        {
            for (var before = -1L; before != Interlocked.Read(ref sent); Thread.Sleep(500)) before = Interlocked.Read(ref sent);
        }));

        Assert.InRange(Interlocked.Read(ref sent), 32 << 10, 100_000_000);
    }

    [Fact]
    public void A_file_is_for_one_pod_and_stays_as_it_is_where_nothing_runs()
    {
        using var far = new FarSide(context =>
        {
            FarSide.Answer(context, 501, "no");
            return Task.CompletedTask;
        });
        using var session = far.Connect();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "kept");
        try
        {
            session.Run("Invoke-KubeCommand -Pod web -OutFile $args[0] -- date", file);
            Assert.StartsWith("KubeStreamUnsupported,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            foreach (var script in new[] { "Invoke-KubeCommand -Pod web, web -OutFile $args[0] -- date", "Invoke-KubeCommand -Pod web -OutFile $args[0] -AsResult -- date", "'x' | Invoke-KubeCommand -Pod web -InFile $args[0] -- cat", "Invoke-KubeCommand -Pod web -InFile \"$($args[0]).not\" -- cat" })
                Assert.StartsWith("KubeParameterInvalid,", session.RunForError(script, file).FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal("kept", File.ReadAllText(file));
            session.Run("Invoke-KubeCommand -Pod web -OutFile \"$($args[0])/no/such\" -- date", file);
            Assert.Single(session.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_container_without_tar_is_told_by_engines_behind_the_stream()
    {
        using var far = new FarSide(async context =>
        {
            using var socket = await FarSide.OpenAsync(context, Newest);
            await FarSide.SendAsync(socket!, 3, """{"kind":"Status","status":"Failure","reason":"InternalError","message":"Internal error occurred: error executing command in container: failed to exec in container: exec: \"tar\": executable file not found in $PATH: unknown","code":500}""");
            await FarSide.CloseAsync(socket!);
        });
        using var session = far.Connect();
        var file = Path.GetTempFileName();
        try
        {
            foreach (var script in new[] { "Copy-KubeItem $args[0] web:/tmp", "Copy-KubeItem web:/tmp/x $args[0]" })
            {
                session.Run(script, file);
                var error = Assert.Single(session.Errors);
                Assert.StartsWith("KubeCopyFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
                Assert.Equal("Container 'c' of pod 'web' has no tar, by which files are copied.", error.Exception.Message);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    static async Task EchoAsync(HttpListenerContext context)
    {
        using var socket = await FarSide.OpenAsync(context, Newest);
        var buffer = new byte[64 << 10];
        while (true)
        {
            var received = await socket!.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close || buffer[0] == 255) break;
            if (!received.EndOfMessage) throw new InvalidOperationException("A message is larger than Kubernetes' own clients send.");
            buffer[0] = 1;
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        await FarSide.SendAsync(socket, 3, FarSide.Success);
        await FarSide.CloseAsync(socket);
    }
}
