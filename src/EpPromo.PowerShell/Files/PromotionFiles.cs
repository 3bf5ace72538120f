namespace EpPromo.PowerShell;

/// <summary>The files of a call, each of one promotion. On the pipeline thread.</summary>
internal sealed class PromotionFiles
{
    private readonly bool _noClobber;
    private readonly bool _force;
    private readonly Action<EpPromoException, string> _refuse;

    /// <summary>The files that this call will write, and whose they are.</summary>
    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What waits for the end of the input, because until then another promotion may turn up for the same file.</summary>
    private readonly List<(string PromotionId, Action Begin)> _held = [];

    /// <summary>The files of a call.</summary>
    /// <param name="noClobber">Keep files that exist.</param>
    /// <param name="force">Replace read-only files, and make missing folders.</param>
    /// <param name="refuse">Is told of a promotion whose work was held, and is given up for another one of the same file.</param>
    public PromotionFiles(bool noClobber, bool force, Action<EpPromoException, string> refuse)
    {
        _noClobber = noClobber;
        _force = force;
        _refuse = refuse;
    }

    /// <summary>Makes sure that a file can be written, and that it is one promotion's, before anything is made.</summary>
    /// <param name="file">The file to be.</param>
    /// <param name="promotionId">Whose it is.</param>
    /// <param name="makesFolder">A missing folder will be made.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public void Take(string file, string promotionId, bool makesFolder)
    {
        if (_owners.TryGetValue(file, out string? owner))
        {
            if (owner != promotionId)
            {
                EpPromoException shared = new(ErrorKind.File, nameof(SR.NotAFolder), file);
                Refuse(shared);
                throw shared;
            }

            if (_noClobber)
            {
                throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), file);
            }
        }

        CodeFile.Check(file, _noClobber, _force, _force || makesFolder);
        _owners[file] = promotionId;
    }

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
