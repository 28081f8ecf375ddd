namespace Kube.Shell;

/// <summary>Puts context and namespace into PowerShell's own prompt. A prompt of the user's own stays.</summary>
static class PromptScript
{
    public const string Text = """
        if ("${function:prompt}" -eq [initialsessionstate]::CreateDefault2().Commands['prompt'].Definition) {
            function global:prompt { "$([Kube.KubePrompt]::Text)PS $($ExecutionContext.SessionState.Path.CurrentLocation)$('>' * ($NestedPromptLevel + 1)) " }
        }
        """;
}
