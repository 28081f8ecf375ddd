using System.Collections;
using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Creates objects that keep values by key: from manifests, or from values and files.</summary>
public abstract class NewDataCmdlet : NewNamespacedCmdlet
{
    private protected const string DataSet = "Data";

    /// <summary>Entries, keys to values: text, bytes or a SecureString.</summary>
    [Parameter(ParameterSetName = DataSet, Position = 1)]
    [ValidateNotNull]
    public IDictionary? Data { get; set; }

    /// <summary>Files to take in, as <c>PATH</c> or <c>KEY=PATH</c>.</summary>
    [Parameter(ParameterSetName = DataSet)]
    [ValidateNotNullOrEmpty]
    public string[] FromFile { get; set; } = [];

    /// <summary>The entries that values and files make.</summary>
    private protected IReadOnlyList<KeyValuePair<string, byte[]>> ReadEntries() => DataFiles.Read(Data, FromFile, GetUnresolvedProviderPathFromPSPath);
}
