namespace EpPromo.PowerShell.Files;

/// <summary>
/// A file that appears under its name only when it is complete: it is written under another name in the same folder, and then renamed.
/// </summary>
internal sealed class AtomicFile
{
    private const int BufferSize = 81920;

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
    /// Fails if no file can be created in the temporary folder or in the file's own folder, or if the file cannot be replaced because it is
    /// open in another program. Called before codes are requested from the store.
    /// </summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public void CheckWritable()
    {
        SpoolFile.Check();
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

    /// <summary>
    /// Writes the file. <paramref name="write"/> may take long, so it writes to a spool file, which disappears even if the process is killed.
    /// After that, the content is copied to the file's folder and renamed.
    /// </summary>
    /// <param name="write">Writes the content to an empty stream that can seek.</param>
    /// <param name="warn">Callback: receives a warning if the file that is replaced has other names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file as it was when it got its name.</returns>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public async Task<WrittenFile> WriteAsync(Func<Stream, Task> write, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            _stale.Remove(Path);
            using Stream spool = SpoolFile.Open();
            await write(spool);
            spool.Position = 0;
            return await PublishAsync(spool, warn, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExportAgain is null ? FileErrors.CannotWrite(Path, e) : FileErrors.NotWritten(Path, e, ExportAgain);
        }
    }

    private async Task<WrittenFile> PublishAsync(Stream content, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        string partial = PartialFile.NewName(Path);
        try
        {
            await CopyAsync(content, partial, cancellationToken);

            // Before it gets its name: from then on, another process that watches the folder may move it.
            WrittenFile written = WrittenFile.Of(new FileInfo(partial), Path);
            _checkTarget?.Invoke();
            if (!TryMove(partial))
            {
                await ReplaceAsync(partial, warn);
            }

            return written;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CopyAsync(Stream content, string partial, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = PartialFile.Create(partial);
            await content.CopyToAsync(file, BufferSize, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What the runtime throws when the file exceeds a size limit.
            throw new IOException(e.Message, e);
        }
    }

    private Task ReplaceAsync(string partial, Func<string, Task> warn) => _noClobber
        ? throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), Path)
        : FileReplacement.ReplaceAsync(Path, partial, _force, warn);

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
