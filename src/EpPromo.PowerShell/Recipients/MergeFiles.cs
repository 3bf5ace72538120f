using EpPromo.PowerShell.Files;
using EpPromo.Recipients;

namespace EpPromo.PowerShell.Recipients;

/// <summary>
/// The files of a merge: the merged file and, beside it, that of former recipients. They are locked, copied when the merge begins, and
/// replaced when it is complete, unless another program has changed them meanwhile.
/// </summary>
internal sealed class MergeFiles : IMergeTarget, IDisposable
{
    private readonly string _path;
    private readonly bool _force;
    private readonly Func<string, Task> _warn;
    private readonly StaleFiles _stale = new();
    private FileLock? _lock;
    private FileCopy? _list;
    private FileCopy? _former;

    /// <summary>The file of former recipients after this command has written it.</summary>
    private FileCopy? _formerNow;

    /// <param name="path">The full path of the merged file.</param>
    /// <param name="force">Replace a read-only file.</param>
    /// <param name="warn">Callback: receives a warning if a file that is replaced has other names.</param>
    public MergeFiles(string path, bool force, Func<string, Task> warn)
    {
        _path = path;
        _force = force;
        _warn = warn;
        FormerPath = Path.ChangeExtension(path, ".former" + Path.GetExtension(path));
    }

    /// <summary>The file of those who are no longer in the list.</summary>
    public string FormerPath { get; }

    /// <summary>The merged file as it was when the merge began, or null if there was none.</summary>
    public Stream? List => _list?.Content;

    /// <summary>The file of former recipients as it was, or null.</summary>
    public Stream? Former => _former?.Content;

    /// <summary>Locks the files and copies them.</summary>
    /// <exception cref="EpPromoException">Another command merges into the file, or a file cannot be read.</exception>
    public void Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _lock = FileLock.Take(_path);
        _list = FileCopy.Of(_path);
        _former = FileCopy.Of(FormerPath);
    }

    /// <summary>Fails if a file cannot be replaced, because another program has it open or has changed it.</summary>
    /// <exception cref="EpPromoException">It cannot.</exception>
    public void CheckUnchanged()
    {
        _list!.CheckUnchanged();
        _former!.CheckUnchanged();
    }

    /// <inheritdoc/>
    public Task WriteListAsync(Action<Stream> write, CancellationToken cancellationToken) => WriteAsync(_list!, write, cancellationToken);

    /// <inheritdoc/>
    public async Task WriteFormerAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        await WriteAsync(FormerNow, write, cancellationToken);
        _formerNow?.Dispose();
        _formerNow = FileCopy.Of(FormerPath);
    }

    /// <inheritdoc/>
    public void RemoveFormer()
    {
        FormerNow.CheckUnchanged();
        try
        {
            File.Delete(FormerPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotWriteFile), FormerPath, e.Message);
        }
    }

    public void Dispose()
    {
        _list?.Dispose();
        _former?.Dispose();
        _formerNow?.Dispose();
        _lock?.Dispose();
    }

    private FileCopy FormerNow => _formerNow ?? _former!;

    private async Task WriteAsync(FileCopy old, Action<Stream> write, CancellationToken cancellationToken)
    {
        AtomicFile file = new(old.Path, noClobber: !old.Exists, _force, _stale, old.CheckUnchanged);
        await file.WriteAsync(
            content =>
            {
                write(content);
                return Task.CompletedTask;
            },
            null,
            _warn,
            cancellationToken);

        // Objects are emitted after this: a code that was sent to somebody must be in the file even if the power fails.
        UnixFile.FlushFolder(Path.GetDirectoryName(old.Path)!);
    }
}
