using Kube.Config;
using Kube.Module.Base;

namespace Kube;

/// <summary>What a prompt tells of the session's connection: <c>[context:namespace]</c> and a space.</summary>
/// <remarks>For a prompt function of one's own: <c>function prompt { "$([Kube.KubePrompt]::Text)PS $pwd> " }</c>.</remarks>
public static class KubePrompt
{
    /// <summary>The context and namespace that commands of this runspace mean; empty where there is none. It asks no cluster and never throws.</summary>
    public static string Text
    {
        get
        {
            var session = KubeSession.Current;
            if (session.Connection is { } connection) return Show(connection.Name, connection.Namespace);
            if (session.IsDisconnected) return "";
            try
            {
                var config = KubeConfig.Load();
                return config.Contexts.FirstOrDefault(context => context.Name == config.CurrentContext) is { } current ? Show(current.Name, current.Namespace ?? "default") : "";
            }
            catch (KubeConfigException)
            {
                // The next command says what is wrong with the file; a prompt has to appear all the same.
                return "";
            }
        }
    }

    static string Show(string context, string @namespace) => $"[{Clean(context)}:{Clean(@namespace)}] ";

    /// <summary>A name out of a file moves no cursor.</summary>
    static string Clean(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
}
