using System.Management.Automation;

namespace Kube.Shell.Hosting;

/// <summary>The user's own start-up scripts, where PowerShell keeps them.</summary>
static class Profiles
{
    /// <summary>The files in the order in which they run: every host's, then this host's.</summary>
    public static IReadOnlyList<string> Paths
    {
        get
        {
            var folder = Folder;
            return [Path.Combine(folder, "profile.ps1"), Path.Combine(folder, "Kube.Shell_profile.ps1")];
        }
    }

    static string Folder
    {
        get
        {
            if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments), "PowerShell");
            var configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            return Path.Combine(string.IsNullOrEmpty(configuration) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config") : configuration, "powershell");
        }
    }

    /// <summary><c>$PROFILE</c>: this host's file, which tells of the other.</summary>
    public static PSObject Variable
    {
        get
        {
            var paths = Paths;
            var variable = new PSObject(paths[1]);
            variable.Properties.Add(new PSNoteProperty("CurrentUserAllHosts", paths[0]));
            variable.Properties.Add(new PSNoteProperty("CurrentUserCurrentHost", paths[1]));
            return variable;
        }
    }
}
