namespace EpPromo.PowerShell.Files;

/// <summary>
/// A file that appears under its name only when it is complete: it is written under another name in the same folder, and then renamed. Its
/// bytes are written once.
/// </summary>
internal sealed class AtomicFile
{
    private readonly bool _noClobber;
    private readonly bool _force;
    private readonly StaleFiles _stale;
    private readonly Action? _checkTarget;

    /// <summary>A file to be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="noClobber">Keep a file that exists.</param>
    /// <param name="force">Replace a read-only file.</param>
    /// <param name="stale">Removes what killed processes have left in the folders of the command's files.</param>
    /// <param name="checkTarget">Called right before the file gets its name; what it throws leaves the target as it is. Null for no check.</param>
    public AtomicFile(string path, bool noClobber, bool force, StaleFiles stale, Action? checkTarget = null)
    {
        Path = path;
        _noClobber = noClobber;
        _force = force;
        _stale = stale;
        _checkTarget = checkTarget;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The command that exports the content again if the file cannot be written; null if there is none.</summary>
    public ExportCommand? ExportAgain { get; init; }

    /// <summary>
    /// Fails if no file can be created in the file's folder, or if the file cannot be replaced because it is open in another program. Called
    /// before codes are requested from the store.
    /// </summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public void CheckWritable()
    {
        try
        {
            FileReplacement.CheckReplaceable(Path);
            FolderProbe.CheckWritable(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.CannotWrite(Path, e);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="write">Writes the content to an empty stream that can seek.</param>
    /// <param name="read">Reads the content while it is flushed to the disk; null if nothing has to be known of it.</param>
    /// <param name="warn">Callback: receives a warning if the file that is replaced has other names, or cannot be deleted.</param>
    /// <param name="cancellationToken">Stops it, until the file gets its name.</param>
    /// <returns>The file as it was when it got its name.</returns>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public async Task<WrittenFile> WriteAsync(
        Func<TemporaryFileStream, Task> write, Func<Stream, Task>? read, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            _stale.Remove(Path);
            FileStream partial = PartialFile.Create(Path);
            try
            {
                using TemporaryFileStream content = new(partial, e => e as IOException ?? new IOException(e.Message, e));
                await write(content);
                cancellationToken.ThrowIfCancellationRequested();
                await Task.WhenAll(Task.Run(content.FlushToDisk, CancellationToken.None), read?.Invoke(content) ?? Task.CompletedTask);
                cancellationToken.ThrowIfCancellationRequested();
                return await PublishAsync(partial, warn, cancellationToken);
            }
            finally
            {
                File.Delete(partial.Name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExportAgain is null ? FileErrors.CannotWrite(Path, e) : FileErrors.NotWritten(Path, e, ExportAgain);
        }
    }

    /// <summary>Gives the file its name. On Unix it is still open, and so locked; Windows cannot replace a file with an open one.</summary>
    private async Task<WrittenFile> PublishAsync(FileStream partial, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        if (!UnixFile.IsUnix)
        {
            partial.Dispose();
        }

        // Before it gets its name: from then on, another process that watches the folder may move it.
        WrittenFile written = WrittenFile.Of(new FileInfo(partial.Name), Path);
        _checkTarget?.Invoke();
        if (!await FreshFile.RenameAsync(() => TryMove(partial.Name), cancellationToken))
        {
            await ReplaceAsync(partial.Name, warn, cancellationToken);
        }

        return written;
    }

    private Task ReplaceAsync(string partial, Func<string, Task> warn, CancellationToken cancellationToken) => _noClobber
        ? throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), Path)
        : FileReplacement.ReplaceAsync(Path, partial, _force, warn, cancellationToken);

    /// <summary>Renames the file, unless a file of that name exists. It may have been created after the check in <see cref="OutputFiles"/>.</summary>
    private bool TryMove(string partial)
    {
        try
        {
            File.Move(partial, Path);
            return true;
        }
        catch (IOException) when (File.Exists(Path))
        {
            return false;
        }
    }
}
