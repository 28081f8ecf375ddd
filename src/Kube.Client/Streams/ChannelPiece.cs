namespace Kube.Streams;

/// <summary>A piece of what arrives on a channel.</summary>
/// <param name="Channel">Its number.</param>
/// <param name="Bytes">Good until the next piece is received.</param>
public readonly record struct ChannelPiece(int Channel, ReadOnlyMemory<byte> Bytes);
