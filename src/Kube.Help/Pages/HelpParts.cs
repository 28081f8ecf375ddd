namespace Kube.Help.Pages;

/// <summary>A way to call a cmdlet; the name is empty where there is only one.</summary>
sealed record ParameterSet(string Name, bool IsDefault);

/// <summary>An example.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Code">The commands.</param>
/// <param name="Need">What it needs beyond a cluster of simulated pods, such as <c>needs-docker</c>; empty: nothing.</param>
/// <param name="Remarks">What is to say about it.</param>
sealed record HelpExample(string Title, string Code, string Need, string Remarks);

/// <summary>A type that a cmdlet takes or gives.</summary>
sealed record HelpType(string Name, string Text);

/// <summary>A reference to something else.</summary>
sealed record HelpLink(string Text, string Target);

/// <summary>A parameter; its name is without the hyphen.</summary>
sealed record HelpParameter(string Name, string Text, IReadOnlyList<ParameterUse> Uses);
