namespace Kube.Manifests;

/// <summary>A node of a document, and where it stands in the text: for changes that leave all else as it is.</summary>
/// <param name="Start">Its first character, from 0.</param>
/// <param name="End">The character behind its last; what follows on the line, such as a comment, is not its own.</param>
/// <param name="IsFlow">Whether it is in brackets, as all of JSON is; a scalar is if what it stands in is.</param>
public abstract record TextNode(int Start, int End, bool IsFlow);

/// <summary>A string, number, boolean or null, or an alias.</summary>
public sealed record TextScalar(int Start, int End, bool IsFlow) : TextNode(Start, End, IsFlow);

/// <summary>A list.</summary>
/// <param name="Start">The bracket or, in a block, the first dash.</param>
/// <param name="End">Behind the bracket or, in a block, behind the last item.</param>
/// <param name="IsFlow">Whether it has brackets.</param>
/// <param name="Items">What is in it.</param>
public sealed record TextList(int Start, int End, bool IsFlow, IReadOnlyList<TextNode> Items) : TextNode(Start, End, IsFlow);

/// <summary>A mapping.</summary>
/// <param name="Start">The brace or, in a block, the first key.</param>
/// <param name="End">Behind the brace or, in a block, behind the last value.</param>
/// <param name="IsFlow">Whether it has braces.</param>
/// <param name="Entries">What is in it, in its order.</param>
public sealed record TextMapping(int Start, int End, bool IsFlow, IReadOnlyList<TextEntry> Entries) : TextNode(Start, End, IsFlow);

/// <summary>A key with its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Key">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record TextEntry(string Name, TextNode Key, TextNode Value);
