namespace Kube.Module.Base;

/// <summary>A command about objects of one kind. Completion asks it what it would look through.</summary>
interface IObjectCommand
{
    /// <summary>The names given so far; wildcards among them.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What the command chooses from.</summary>
    ObjectQuery GetQuery(KubeApi api);
}
