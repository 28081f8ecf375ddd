using Kube.Help.About;
using Kube.Help.Maml;
using Kube.Help.Markdown;
using Kube.Help.Pages;

// Kube.Help CMDLETS ABOUT OUTPUT: from the pages of the folder CMDLETS and the topics of the folder ABOUT to what Get-Help reads, in the folder OUTPUT.
if (args is not [var cmdlets, var about, var output])
{
    Console.Error.WriteLine("usage: Kube.Help CMDLETS ABOUT OUTPUT");
    return 2;
}

var faulty = false;
Directory.CreateDirectory(output);
foreach (var old in Directory.EnumerateFiles(output, "about_*.help.txt")) File.Delete(old);

var pages = Read(cmdlets, "*.md", PageReader.Read);
foreach (var topic in Read(about, "about_*.md", AboutTopic.Read)) File.WriteAllText(Path.Combine(output, topic.Name + ".help.txt"), topic.ToHelpText());
if (faulty) return 1;

// Last, as the build takes its time for that of all.
MamlWriter.Write(Path.Combine(output, "Kube.Module.dll-Help.xml"), pages);
return 0;

// Faults are told as a compiler tells them, so that the build shows them with file and line.
List<T> Read<T>(string folder, string pattern, Func<string, T> read)
{
    var all = new List<T>();
    foreach (var path in Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal))
    {
        try
        {
            all.Add(read(File.ReadAllText(path)));
        }
        catch (MarkdownException fault)
        {
            faulty = true;
            Console.Error.WriteLine($"{path}({fault.Line}): error KUBEHELP: {fault.Message}");
        }
    }
    return all;
}
