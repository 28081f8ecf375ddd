namespace Kube.Registry.Tests;

/// <summary>The real components that tests/run.sh starts.</summary>
static class Lab
{
    /// <summary>A variable of the lab. Without it a test is skipped, unless the lab is required.</summary>
    public static string Variable(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        if (!string.IsNullOrEmpty(value))
            return value;
        Assert.SkipUnless(Environment.GetEnvironmentVariable("KUBE_LAB") == "required", $"needs {name}; tests/run.sh sets it");
        throw new InvalidOperationException($"The lab is required and {name} is not set.");
    }
}
