using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Kube.Package;

/// <summary>Holds a module's folder against its manifest, and imports it.</summary>
static class ModuleCheck
{
    /// <summary>What is wrong; nothing: it can be published.</summary>
    public static IReadOnlyList<string> Faults(string module, string changelog)
    {
        var manifest = ModuleManifest.Read(module);
        var missing = manifest.Files.Where(file => !File.Exists(Path.Combine(module, file))).Select(file => $"{file} is named in the manifest and not there.").ToArray();
        return missing.Length > 0 ? missing : [.. VersionFaults(module, manifest), .. NoteFaults(manifest, changelog), .. ImportFaults(module, manifest)];
    }

    // An assembly's version is the module's, so that an upgrade in a running session fails loudly.
    static IEnumerable<string> VersionFaults(string module, ModuleManifest manifest) =>
        from file in Directory.EnumerateFiles(module, "Kube.*.dll")
        let version = AssemblyName.GetAssemblyName(file).Version!
        where version.ToString(3) != manifest.Version
        select $"{Path.GetFileName(file)} is of version {version.ToString(3)}, the module of {manifest.Version}.";

    static IEnumerable<string> NoteFaults(ModuleManifest manifest, string changelog) =>
        Changelog.Section(changelog, manifest.Version) is not { } section ? [$"CHANGELOG.md has no section [{manifest.Version}]."]
        : section != manifest.ReleaseNotes.ReplaceLineEndings("\n").Trim() ? [$"ReleaseNotes and the section [{manifest.Version}] of CHANGELOG.md differ."]
        : [];

    static IEnumerable<string> ImportFaults(string module, ModuleManifest manifest)
    {
        var before = AppDomain.CurrentDomain.GetAssemblies();
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("Import-Module $args[0] -WarningVariable warnings; $warnings; Get-Command -Module Kube").AddArgument(Path.Combine(Path.GetFullPath(module), ModuleManifest.FileName));
        var output = shell.Invoke();
        foreach (var error in shell.Streams.Error) yield return error.ToString();
        foreach (var warning in output.Where(item => item.BaseObject is WarningRecord)) yield return $"Importing warns: {warning}";

        var exported = output.Select(item => item.BaseObject).OfType<CommandInfo>().Select(command => $"{command.CommandType} {command.Name}").ToHashSet();
        var listed = manifest.Cmdlets.Select(cmdlet => "Cmdlet " + cmdlet).ToHashSet();
        foreach (var name in listed.Except(exported)) yield return $"{name} is in the manifest and not exported.";
        foreach (var name in exported.Except(listed)) yield return $"{name} is exported and not in the manifest.";

        var folder = Path.GetFullPath(module);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Except(before).Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(folder, StringComparison.Ordinal)))
        {
            if (!assembly.GetName().Name!.StartsWith("Kube.", StringComparison.Ordinal)) yield return $"Importing loads {assembly.GetName().Name}, which is not Kube's.";
        }
    }
}
