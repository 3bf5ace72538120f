using EpPromo.Time;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// Renames a file that has just been written. On Windows, a virus scanner may open such a file for a moment; then nothing can rename it, so
/// the rename is tried again. Elsewhere, an open file can be renamed.
/// </summary>
internal static class FreshFile
{
    /// <summary>Before each further attempt, in milliseconds: 3 s in all.</summary>
    private static readonly int[] s_delays = [50, 100, 200, 400, 750, 1500];

    /// <summary>What File.Replace fails with if it cannot move one of the two files: ERROR_UNABLE_TO_REMOVE_REPLACED and the two after it.</summary>
    private static readonly int[] s_replaceErrors = [unchecked((int)0x80070497), unchecked((int)0x80070498), unchecked((int)0x80070499)];

    private static readonly IClock s_clock = new SystemClock();

    /// <summary>Renames with further attempts on Windows.</summary>
    /// <param name="rename">Renames the file; what it returns is returned.</param>
    /// <param name="cancellationToken">Stops it between two attempts.</param>
    /// <exception cref="IOException">The file is still open in another program.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, or the user has no permission.</exception>
    public static Task<T> RenameAsync<T>(Func<T> rename, CancellationToken cancellationToken) =>
        UnixFile.IsUnix ? Task.FromResult(rename()) : RetryAsync(rename, s_clock, cancellationToken);

    /// <summary>Renames, and tries again while another program may have the file open.</summary>
    public static async Task<T> RetryAsync<T>(Func<T> rename, IClock clock, CancellationToken cancellationToken)
    {
        foreach (int delay in s_delays)
        {
            try
            {
                return rename();
            }
            catch (Exception e) when (MayBeOpen(e))
            {
                await clock.DelayAsync(TimeSpan.FromMilliseconds(delay), cancellationToken);
            }
        }

        return rename();
    }

    private static bool MayBeOpen(Exception e) =>
        e is UnauthorizedAccessException || (e is IOException error && (SharingViolation.Is(error) || s_replaceErrors.Contains(error.HResult)));
}
