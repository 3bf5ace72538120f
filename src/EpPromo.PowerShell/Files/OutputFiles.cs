using EpPromo.Codes;
using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>The files that a command will write, each for one promotion only. On the pipeline thread.</summary>
internal sealed class OutputFiles
{
    private readonly bool _noClobber;
    private readonly bool _force;
    private readonly Action<EpPromoException, string[]> _reject;
    private readonly StaleFiles _stale = new();

    /// <summary>
    /// The reserved files and their promotions, by path. Paths that differ only in case share an entry: the file system decides whether they are the
    /// same file.
    /// </summary>
    private readonly Dictionary<string, List<(string File, string PromotionId)>> _reserved = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Folders, and the same folders without links on the way to them.</summary>
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>Work for the one file that every promotion gets. It waits for the end of the input, because another promotion may follow.</summary>
    private readonly List<(OutputPath Path, Action Start)> _deferred = [];

    /// <summary>The files of a command.</summary>
    /// <param name="noClobber">Keep files that exist.</param>
    /// <param name="force">Replace read-only files, and create missing folders.</param>
    /// <param name="reject">Callback: receives the promotions whose deferred work is dropped because they would share a file.</param>
    public OutputFiles(bool noClobber, bool force, Action<EpPromoException, string[]> reject)
    {
        _noClobber = noClobber;
        _force = force;
        _reject = reject;
    }

    /// <summary>
    /// Checks, before anything is requested from the store, that a file can be written and that no other output has it. Several promotions with
    /// the one file of the command are rejected together, in <see cref="StartDeferred"/>.
    /// </summary>
    /// <param name="path">Where the file is written, and the promotion whose file it is.</param>
    /// <param name="formats">Writes formats other than CSV.</param>
    /// <returns>The file, to be written later.</returns>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public CodeFile Reserve(OutputPath path, ICodeFiles formats)
    {
        string file = path.File;
        string promotionId = path.Target.PromotionId;
        string real = WithoutLinks(file);
        _reserved.TryGetValue(real, out List<(string File, string PromotionId)>? similar);
        if (similar?.Find(other => other.File == real || FolderProbe.IsCaseInsensitive(real)) is { File: not null } before)
        {
            if (!path.IsShared || before.PromotionId == promotionId)
            {
                throw Duplicate(file, MessageText.Of(SR.DetailFileOfOther, before.PromotionId));
            }
        }

        Check(file, _noClobber, _force, _force || path.CreatesFolder);
        if (similar is null)
        {
            _reserved[real] = similar = [];
        }

        similar.Add((real, promotionId));
        AtomicFile atomic = new(file, _noClobber, _force, _stale) { ExportAgain = new ExportCommand(path.Target, file) };
        return new CodeFile(atomic, path, formats);
    }

    /// <summary>
    /// Checks, before the promotion is known, that a file can be written, as <see cref="Reserve"/> does. A file that is reserved may have
    /// been written since.
    /// </summary>
    /// <param name="path">The file; null if it depends on the promotion.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public void Check(string? path)
    {
        if (path is not null && !_reserved.ContainsKey(WithoutLinks(path)))
        {
            Check(path, _noClobber, _force, createsFolder: _force);
        }
    }

    /// <summary>Starts a promotion's work; if its file is the same for every promotion, defers it until <see cref="StartDeferred"/>.</summary>
    /// <param name="path">Where the file is written; null if there is none.</param>
    /// <param name="start">Starts the work.</param>
    public void Start(OutputPath? path, Action start)
    {
        if (path is { IsShared: true })
        {
            _deferred.Add((path, start));
        }
        else
        {
            start();
        }
    }

    /// <summary>Starts the deferred work, at the end of the input, unless several promotions would share the file.</summary>
    public void StartDeferred()
    {
        string[] promotions = [.. _deferred.Select(one => one.Path.Target.PromotionId).Distinct(StringComparer.Ordinal)];
        if (promotions.Length > 1)
        {
            _reject(Duplicate(_deferred[0].Path.File, MessageText.Of(SR.DetailFileOfSeveral, promotions.Length)), promotions);
            return;
        }

        foreach ((_, Action start) in _deferred)
        {
            start();
        }
    }

    private static EpPromoException Duplicate(string file, string reason) => new(ErrorKind.File, nameof(SR.DuplicateOutputFile), file, reason);

    /// <summary>Checks, as far as that is known before it is written, that a file can be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="noClobber">It must not exist.</param>
    /// <param name="force">It may be read-only.</param>
    /// <param name="createsFolder">Its folder may be missing.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public static void Check(string path, bool noClobber, bool force, bool createsFolder)
    {
        try
        {
            FileNames.CheckPathLength(path);
        }
        catch (PathTooLongException e)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), path, e.Message);
        }

        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            string existing = FolderProbe.NearestExisting(path);
            if (File.Exists(existing))
            {
                throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), existing);
            }

            if (!createsFolder)
            {
                throw new EpPromoException(ErrorKind.File, nameof(SR.FolderMissing), folder);
            }
        }

        FileInfo file = new(path);
        if (file.Exists && noClobber)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), path);
        }

        if (file is { Exists: true, IsReadOnly: true } && !force)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileReadOnly), path);
        }
    }

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
}
