using System.Text;

namespace Kube.Module.Tests;

/// <summary>What a host shows, as text, and the answers that a person would give.</summary>
public sealed class Screen(int width, bool canPrompt)
{
    readonly StringBuilder text = new();

    public int Width { get; } = width;

    /// <summary>Whether somebody is there to be asked.</summary>
    public bool CanPrompt { get; } = canPrompt;

    /// <summary>The questions asked so far.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>The choice taken at each question: its position.</summary>
    public int Answer { get; set; }

    public string Text
    {
        get { lock (text) return text.ToString(); }
    }

    public void Write(string value)
    {
        lock (text) text.Append(value);
    }

    public void Clear()
    {
        lock (text) text.Clear();
    }
}
