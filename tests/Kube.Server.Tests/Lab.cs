namespace Kube.Server.Tests;

/// <summary>The real things that tests use, by their environment variables.</summary>
static class Lab
{
    /// <summary>A component's variable. Without it the test is skipped, or fails where the lab must be complete.</summary>
    public static string Require(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) return value;
        if (Environment.GetEnvironmentVariable("KUBE_LAB") == "required") Assert.Fail($"{variable} is missing: KUBE_LAB is 'required'");
        Assert.Skip($"needs {variable}");
        return "";
    }
}
