using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// Replaces a file on Windows, where that can fail so that neither the old file nor the new one has the name (ReplaceFile:
/// ERROR_UNABLE_TO_MOVE_REPLACEMENT). The old file is therefore kept under a name that nothing removes, until the new one has its name.
/// </summary>
internal sealed class BackedUpReplacement
{
    private readonly string _path;
    private readonly string _with;
    private readonly string _backup;

    /// <param name="path">The file to replace.</param>
    /// <param name="with">The file to put there, in the same folder.</param>
    public BackedUpReplacement(string path, string with)
    {
        _path = path;
        _with = with;
        _backup = PartialFile.NewBackupName(path);
    }

    /// <summary>Waits before further attempts.</summary>
    public IClock Clock { get; init; } = new SystemClock();

    /// <summary>File.Replace: the new file, the old one and the old one's backup.</summary>
    public Action<string, string, string> Replace { get; init; } = File.Replace;

    /// <summary>File.Move: from and to.</summary>
    public Action<string, string> Move { get; init; } = File.Move;

    /// <summary>File.Delete.</summary>
    public Action<string> Delete { get; init; } = File.Delete;

    /// <summary>Replaces the file, with further attempts while another program has one of the two files open.</summary>
    /// <param name="warn">Callback: receives a warning if the old file cannot be deleted.</param>
    /// <param name="cancellationToken">Stops it between two attempts.</param>
    /// <exception cref="IOException">It cannot be replaced. The old file is in its place, or the message says where it is.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be replaced. The old file is in its place.</exception>
    public async Task RunAsync(Func<string, Task> warn, CancellationToken cancellationToken)
    {
        try
        {
            await FreshFile.RetryAsync(ReplaceOnce, Clock, cancellationToken);
        }
        catch
        {
            await RestoreAsync();
            throw;
        }

        try
        {
            await FreshFile.RetryAsync(DeleteBackup, Clock, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await warn(MessageText.Of(SR.WarningOldFileKept, _path, _backup));
        }
    }

    /// <summary>If an earlier attempt has moved the old file away, the new one only has to be renamed.</summary>
    private bool ReplaceOnce()
    {
        if (!File.Exists(_path))
        {
            Move(_with, _path);
            return true;
        }

        try
        {
            Replace(_with, _path, _backup);
            return true;
        }
        catch (UnauthorizedAccessException e) when (File.Exists(_path) && new FileInfo(_path).IsReadOnly)
        {
            // Not another program's doing, so a further attempt would fail as well.
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Moves the old file back if it was moved away. Not cancelled: the user must not be left without the file.</summary>
    private async Task RestoreAsync()
    {
        try
        {
            await FreshFile.RetryAsync(MoveBack, Clock, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(MessageText.Of(SR.DetailOldFileMoved, e.Message, _backup), e);
        }
    }

    private bool MoveBack()
    {
        if (File.Exists(_backup))
        {
            Move(_backup, _path);
        }

        return true;
    }

    private bool DeleteBackup()
    {
        Delete(_backup);
        return true;
    }
}
