using Kube.Module.LocalCluster;

namespace Kube.Module.Tests.LocalCluster;

public class ProcessLifeTests
{
    [Theory]
    [InlineData("S (sleeping)", 27, "0000000000000000", "0000000000000000", "Alive")]
    [InlineData("R (running)", 27, "0000000000000000", "0000000000004000", "Alive")] // asked to end, which it does in its own time
    [InlineData("R (running)", 3, "0000000000000100", "0000000000000100", "Dying")]
    [InlineData("D (disk sleep)", 1, "0000000000000000", "0000000000004100", "Dying")]
    [InlineData("Z (zombie)", 5, "0000000000000000", "0000000000000100", "Dying")]
    [InlineData("Z (zombie)", 1, "0000000000000000", "0000000000000100", "Gone")]
    [InlineData("Z (zombie)", 0, "0000000000000000", "0000000000000000", "Gone")]
    [InlineData("X (dead)", 0, "0000000000000000", "0000000000000000", "Gone")]
    public void A_process_that_was_killed_is_dying_until_its_number_is_all_that_is_left(string state, int threads, string own, string shared, string life) =>
        Assert.Equal(life, ProcessLives.Read($"Name:\tkube-server\nUmask:\t0022\nState:\t{state}\nTgid:\t1\nThreads:\t{threads}\nSigQ:\t2/31\nSigPnd:\t{own}\nShdPnd:\t{shared}\n").ToString());

    [Fact]
    public void This_process_is_alive_and_no_other_of_an_impossible_number()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal(ProcessLife.Alive, ProcessLives.Of(Environment.ProcessId));
        Assert.Equal(ProcessLife.Gone, ProcessLives.Of(int.MaxValue));
    }
}
