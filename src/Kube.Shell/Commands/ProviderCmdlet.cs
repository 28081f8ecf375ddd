using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>A cmdlet that goes through PowerShell's drives: one path that fails is an error, and the others go on.</summary>
public abstract class ProviderCmdlet : PSCmdlet
{
    private protected const string FileSystem = "FileSystem";

    private protected void Each(IEnumerable<string> paths, Action<string> action)
    {
        foreach (var path in paths)
        {
            try
            {
                action(path);
            }
            catch (Exception exception) when (exception is IContainsErrorRecord and not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(((IContainsErrorRecord)exception).ErrorRecord, exception));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                WriteError(new ErrorRecord(exception, exception.GetType().Name, exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.InvalidOperation, path));
            }
        }
    }

    /// <summary>The files that a path means, which may have wildcards; null: they are no files.</summary>
    /// <exception cref="ItemNotFoundException">Nothing is there.</exception>
    private protected IReadOnlyList<string>? ResolveFiles(string path, bool isLiteral)
    {
        if (isLiteral)
        {
            var literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (!InvokeProvider.Item.Exists(path, force: true, literalPath: true)) throw new ItemNotFoundException($"Cannot find path '{literal}' because it does not exist.");
            return provider.Name == FileSystem ? [literal] : null;
        }
        var found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var by);
        return by.Name == FileSystem ? found : null;
    }

    /// <summary>The one file that a path means, whether or not it is there; null: it is no file.</summary>
    private protected string? UnresolvedFile(string path)
    {
        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == FileSystem ? full : null;
    }
}
