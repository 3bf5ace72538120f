namespace EpPromo.PowerShell.Files;

/// <summary>The files of a call, each of one output. On the pipeline thread, where nothing else is said.</summary>
internal sealed class OutputFiles
{
    private readonly bool _noClobber;
    private readonly bool _force;
    private readonly Action<EpPromoException, string> _refuse;

    /// <summary>
    /// The files that this call will write, and whose they are. Names that differ in their case only stand together: the file system
    /// decides whether they are one.
    /// </summary>
    private readonly Dictionary<string, List<(string File, string Owner)>> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Folders without links on the way to them.</summary>
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>What waits for the end of the input, because until then another promotion may turn up for the same file.</summary>
    private readonly List<(string PromotionId, Action Begin)> _held = [];

    /// <summary>The files of a call.</summary>
    /// <param name="noClobber">Keep files that exist.</param>
    /// <param name="force">Replace read-only files, and make missing folders.</param>
    /// <param name="refuse">Is told of a promotion whose work was held, and is given up for another one of the same file.</param>
    public OutputFiles(bool noClobber, bool force, Action<EpPromoException, string> refuse)
    {
        _noClobber = noClobber;
        _force = force;
        _refuse = refuse;
    }

    /// <summary>Makes sure that a file can be written, and that it is one output's, before anything is made.</summary>
    /// <param name="file">The file to be.</param>
    /// <param name="promotionId">Whose it is.</param>
    /// <param name="makesFolder">A missing folder will be made.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public void Take(string file, string promotionId, bool makesFolder)
    {
        string real = WithoutLinks(file);
        _taken.TryGetValue(real, out List<(string File, string Owner)>? alike);
        if (alike?.Find(taken => taken.File == real || FileSystem.IgnoresCase(real)) is { File: not null } before)
        {
            if (before.Owner != promotionId)
            {
                Refuse(Shared(file, promotionId));
            }

            throw Shared(file, before.Owner);
        }

        AtomicFile.Check(file, _noClobber, _force, _force || makesFolder);
        if (alike is null)
        {
            _taken[real] = alike = [];
        }

        alike.Add((real, promotionId));
    }

    /// <summary>What was left behind in their folders. For work, too.</summary>
    public StaleFiles Stale { get; } = new();

    /// <summary>Holds work for a promotion back until <see cref="BeginHeld"/>.</summary>
    public void Hold(string promotionId, Action begin) => _held.Add((promotionId, begin));

    /// <summary>Begins what was held, at the end of the input.</summary>
    public void BeginHeld()
    {
        foreach ((_, Action begin) in _held)
        {
            begin();
        }
    }

    private static EpPromoException Shared(string file, string other) => new(ErrorKind.File, nameof(SR.DuplicateOutputFile), file, other);

    private string WithoutLinks(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (!_folders.TryGetValue(folder, out string? real))
        {
            try
            {
                real = LinkTarget.OfFolder(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), file, e.Message);
            }

            _folders[folder] = real;
        }

        return Path.Combine(real, Path.GetFileName(file));
    }

    private void Refuse(EpPromoException why)
    {
        (string PromotionId, Action)[] refused = [.. _held];
        _held.Clear();
        foreach ((string promotionId, _) in refused)
        {
            _refuse(why, promotionId);
        }
    }
}
