namespace EpPromo.PowerShell;

/// <summary>The files of a call's runs, one for each promotion.</summary>
internal sealed class RunFiles
{
    private readonly bool _noClobber;
    private readonly bool _force;

    /// <summary>The files that this call will write.</summary>
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files of a call.</summary>
    /// <param name="noClobber">Keep files that exist.</param>
    /// <param name="force">Replace read-only files, and make missing folders.</param>
    public RunFiles(bool noClobber, bool force)
    {
        _noClobber = noClobber;
        _force = force;
    }

    /// <summary>Makes sure that a file can be written, and that it is one promotion's, before anything is made.</summary>
    /// <param name="file">The file to be.</param>
    /// <param name="makesFolder">A missing folder will be made.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public void Take(string file, bool makesFolder)
    {
        if (_taken.Contains(file))
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), file);
        }

        CodeFile.Check(file, _noClobber, _force, _force || makesFolder);
        _taken.Add(file);
    }

    /// <summary>Writes the codes of a run that are all there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="write">Writes it; the second stream is for the promotion's whole export.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">There is no file.</exception>
    public async Task WriteAsync(string file, Func<Stream, Stream, Task> write, CancellationToken cancellationToken)
    {
        using Stream spool = SpoolFile.Open();
        await CodeFile.WriteAsync(file, _noClobber, _force, stream => write(stream, spool), cancellationToken);
    }
}
