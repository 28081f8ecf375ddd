using System.Globalization;

namespace Kube.Bench;

/// <summary>What a figure should be.</summary>
abstract record Aim
{
    /// <param name="value">Kube's median.</param>
    /// <param name="peer">The peer's median.</param>
    public abstract bool IsMet(double value, double peer);

    public abstract string Describe(Metric metric);

    /// <summary>A figure in itself.</summary>
    public sealed record AtMost(double Limit) : Aim
    {
        public override bool IsMet(double value, double peer) => value <= Limit;

        public override string Describe(Metric metric) => "≤ " + Reading.Format(Limit, metric);
    }

    /// <summary>A rate in itself.</summary>
    public sealed record AtLeast(double Limit) : Aim
    {
        public override bool IsMet(double value, double peer) => value >= Limit;

        public override string Describe(Metric metric) => "≥ " + Reading.Format(Limit, metric);
    }

    /// <summary>A part of the peer's.</summary>
    public sealed record PartOfPeer(double Part) : Aim
    {
        public override bool IsMet(double value, double peer) => value <= peer * Part;

        public override string Describe(Metric metric) => string.Create(CultureInfo.InvariantCulture, $"≤ {Part:0.00} of it");
    }

    /// <summary>So much more than the peer's.</summary>
    public sealed record OverPeer(double Limit) : Aim
    {
        public override bool IsMet(double value, double peer) => value <= peer + Limit;

        public override string Describe(Metric metric) => $"≤ {Reading.Format(Limit, metric)} more";
    }
}
