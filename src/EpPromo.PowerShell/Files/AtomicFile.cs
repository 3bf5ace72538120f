namespace EpPromo.PowerShell.Files;

/// <summary>
/// A file that appears under its name only when it is complete: it is written beside it under another name, and then renamed.
/// </summary>
internal sealed class AtomicFile
{
    private const int BufferSize = 81920;

    private readonly bool _noClobber;
    private readonly bool _force;
    private readonly StaleFiles _stale;

    /// <summary>A file to be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="noClobber">Keep a file that exists.</param>
    /// <param name="force">Replace a read-only file.</param>
    /// <param name="stale">What killed processes have left in the folders of the call's files.</param>
    public AtomicFile(string path, bool noClobber, bool force, StaleFiles stale)
    {
        Path = path;
        _noClobber = noClobber;
        _force = force;
        _stale = stale;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Fails if the temporary folder or the file's own cannot take a file now, so that nothing is requested from the store in vain.</summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public void CheckRoom()
    {
        SpoolFile.Check();
        try
        {
            FileSystem.CheckWritable(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(e);
        }
    }

    /// <summary>
    /// Writes the file. <paramref name="write"/> gets a spool file, so that what may take long leaves nothing behind even if the process is
    /// killed; only then the content is copied beside the file and renamed.
    /// </summary>
    /// <param name="write">Writes the content to an empty stream that can seek.</param>
    /// <param name="warn">Is told if the file that is replaced has other names.</param>
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
            throw CannotWrite(e);
        }
    }

    private EpPromoException CannotWrite(Exception e) => new(e, ErrorKind.File, nameof(SR.CannotWriteFile), Path, e.Message);

    private async Task<WrittenFile> PublishAsync(Stream content, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        string partial = PartialFile.NewName(Path);
        try
        {
            await CopyAsync(content, partial, cancellationToken);

            // Before it gets its name: from then on, another process that watches the folder may take it away.
            WrittenFile written = WrittenFile.Of(new FileInfo(partial), Path);
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

    /// <summary>Renames the file, unless its name is taken, perhaps only since it was reserved.</summary>
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
