using Kube.Package;

// Kube.Package check MODULE CHANGELOG: holds the module of that folder against its manifest. Kube.Package nuspec MODULE FILE: writes the package's nuspec.
switch (args)
{
    case ["check", var module, var changelog]:
        var faults = ModuleCheck.Faults(module, File.ReadAllText(changelog));
        // As a compiler tells them, so that the build shows them.
        foreach (var fault in faults) Console.Error.WriteLine($"{Path.Combine(module, ModuleManifest.FileName)}: error KUBEPACK: {fault}");
        return faults.Count == 0 ? 0 : 1;
    case ["nuspec", var module, var file]:
        Nuspec.Of(ModuleManifest.Read(module)).Save(file);
        return 0;
    default:
        Console.Error.WriteLine("usage: Kube.Package check MODULE CHANGELOG | nuspec MODULE FILE");
        return 2;
}
