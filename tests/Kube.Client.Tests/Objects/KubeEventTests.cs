using System.Text;

namespace Kube.Client.Tests.Objects;

public sealed class KubeEventTests
{
    [Fact]
    public void Repeats_are_one_event_with_the_count_of_all()
    {
        var folded = KubeEvent.Fold(
        [
            Core("c", "BackOff", "2026-01-01T00:05:00Z", "2026-01-01T00:09:00Z", 3),
            Core("a", "BackOff", "2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z", 2),
            Core("b", "Pulled", "2026-01-01T00:03:00Z", "2026-01-01T00:03:00Z", 1),
        ]);

        Assert.Equal(["Pulled b 1", "BackOff c 5"], folded.Select(item => $"{item.Reason} {item.Name} {item.Count}"));
        Assert.Equal(DateTime.Parse("2026-01-01T00:01:00Z", System.Globalization.CultureInfo.InvariantCulture), folded[1].FirstSeen);
        Assert.Equal(DateTime.Parse("2026-01-01T00:09:00Z", System.Globalization.CultureInfo.InvariantCulture), folded[1].LastSeen);
        Assert.Contains("\"count\":3", folded[1].ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "reason":"BackOff","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"1"} """, true)]
    [InlineData(""" "reason":"Killing","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"1"} """, false)]
    [InlineData(""" "reason":"BackOff","message":"other","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"1"} """, false)]
    [InlineData(""" "reason":"BackOff","message":"m","type":"Normal","involvedObject":{"kind":"Pod","name":"web","uid":"1"} """, false)]
    [InlineData(""" "reason":"BackOff","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"2"} """, false)]
    [InlineData(""" "reason":"BackOff","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"db","uid":"1"} """, false)]
    [InlineData(""" "reason":"BackOff","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"1","fieldPath":"spec.containers{c}"} """, false)]
    [InlineData(""" "reason":"BackOff","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"1"},"source":{"component":"kubelet"} """, false)]
    public void Only_what_says_the_same_of_the_same_object_is_a_repeat(string other, bool same) =>
        Assert.Equal(same ? 1 : 2, KubeEvent.Fold([Parse(""" "reason":"BackOff","message":"m","type":"Warning","involvedObject":{"kind":"Pod","name":"web","uid":"1"} """), Parse(other)]).Count);

    [Fact]
    public void Both_groups_tell_the_same()
    {
        var core = Parse(""" "reason":"R","message":"m","type":"Normal","involvedObject":{"kind":"Pod","name":"web"},"reportingComponent":"c","reportingInstance":"i","eventTime":"2026-01-01T00:00:00.5Z","series":{"count":4,"lastObservedTime":"2026-01-01T00:01:00.25Z"} """);
        var events = (KubeEvent)KubeObject.Parse(Encoding.UTF8.GetBytes("""
            {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"x"},"reason":"R","note":"m","type":"Normal","regarding":{"kind":"Pod","name":"web"},"reportingController":"c","reportingInstance":"i","eventTime":"2026-01-01T00:00:00.5Z","series":{"count":4,"lastObservedTime":"2026-01-01T00:01:00.25Z"}}
            """));

        Assert.Equal(Facts(core), Facts(events));
        Assert.Equal(4, events.Count);

        static (string?, string?, string, string, DateTime?, DateTime?, int) Facts(KubeEvent item) => (item.Reason, item.Message, item.Object, item.Source, item.FirstSeen, item.LastSeen, item.Count);
    }

    static KubeEvent Core(string name, string reason, string first, string last, int count) => (KubeEvent)KubeObject.Parse(Encoding.UTF8.GetBytes(
        $$"""{"apiVersion":"v1","kind":"Event","metadata":{"name":"{{name}}","namespace":"default"},"type":"Normal","reason":"{{reason}}","message":"m","count":{{count}},"firstTimestamp":"{{first}}","lastTimestamp":"{{last}}","involvedObject":{"kind":"Pod","name":"web"} }"""));

    static KubeEvent Parse(string fields) => (KubeEvent)KubeObject.Parse(Encoding.UTF8.GetBytes($$"""{"apiVersion":"v1","kind":"Event","metadata":{"name":"x"},{{fields}} }"""));
}
