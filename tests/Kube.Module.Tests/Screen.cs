using System.Text;

namespace Kube.Module.Tests;

/// <summary>What a host shows, as text, and the answers that a person would give.</summary>
public sealed class Screen(int width, bool canPrompt)
{
    readonly StringBuilder _text = new();

    public int Width { get; } = width;

    /// <summary>Whether somebody is there to be asked.</summary>
    public bool CanPrompt { get; } = canPrompt;

    /// <summary>The questions asked so far.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>The choice taken at each question: its position.</summary>
    public int Answer { get; set; }

    public string Text
    {
        get { lock (_text) return _text.ToString(); }
    }

    public void Write(string value)
    {
        lock (_text) _text.Append(value);
    }

    public void Clear()
    {
        lock (_text) _text.Clear();
    }
}
