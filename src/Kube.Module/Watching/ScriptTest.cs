using System.Management.Automation;

namespace Kube.Module.Watching;

/// <summary>Script blocks that say yes or no.</summary>
static class ScriptTest
{
    /// <summary>Whether what a script block writes is true, as Where-Object would have it; the subject is its <c>$_</c>. On the pipeline's thread alone.</summary>
    public static bool Holds(ScriptBlock script, object subject) =>
        LanguagePrimitives.IsTrue(script.InvokeWithContext(null, [new PSVariable("_", subject)], subject));
}
