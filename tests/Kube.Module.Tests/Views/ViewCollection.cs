namespace Kube.Module.Tests.Views;

/// <summary>Whether there are colours is a setting of the whole process: tests that look at them run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ViewCollection
{
    public const string Name = "views";
}
