using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Manifests;

namespace Kube.Config;

/// <summary>The text of a kubeconfig, and how it is made to say something else.</summary>
static class KubeConfigText
{
    /// <summary>More differences than any change of Kube's makes.</summary>
    const int MaxSteps = 200;

    /// <summary>The document; empty where there is none.</summary>
    public static JsonObject Parse(string text, string path)
    {
        using var document = KubeConfigReader.ToJson(text, path);
        return document is null ? [] : JsonObject.Create(document.RootElement.Clone())!;
    }

    /// <summary>The text of a file, and the byte-order mark before it.</summary>
    /// <exception cref="KubeConfigException">It is not in UTF-8.</exception>
    public static (string Text, byte[] Mark) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.GetPreamble() : [];
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, mark.Length, bytes.Length - mark.Length), mark);
        }
        catch (DecoderFallbackException e)
        {
            throw new KubeConfigException($"The kubeconfig '{path}' is not in UTF-8, and so Kube does not change it.", path, e);
        }
    }

    /// <summary>The text with another content. What is the same in both stays as it stands, byte by byte.</summary>
    /// <exception cref="KubeConfigException">The text is written so that it cannot be changed in place.</exception>
    public static string Change(string text, JsonObject before, JsonObject after, string path)
    {
        if (before.Count == 0 && Outline(text) is null) return text + (text.Length == 0 || text.EndsWith('\n') ? "" : "\n") + YamlProvider.Current.FromJson(Encoding.UTF8.GetBytes(after.ToJsonString()));
        var changed = text;
        try
        {
            for (var step = 0; step < MaxSteps; step++)
            {
                if (TextPatch.Step(changed, Outline(changed)!, Parse(changed, path), after) is not { } next) return changed;
                changed = next;
            }
        }
        // Anchors, merged keys and the like: what stands in one place means something in another.
        catch (Exception e) when (e is KubeConfigException or ManifestException or InvalidOperationException or ArgumentException)
        {
            throw Refused(e);
        }
        throw Refused(null);

        KubeConfigException Refused(Exception? inner) =>
            new($"The kubeconfig '{path}' is written in a way that Kube cannot change in place (anchors or merged keys); it stays as it is. Change it with an editor, or with kubectl config.", path, inner);
    }

    static TextNode? Outline(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            try
            {
                return JsonOutline.Of(text);
            }
            catch (JsonException)
            {
                // YAML has braces too.
            }
        }
        return YamlProvider.Current.Outline(text);
    }
}
