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

    private static readonly IClock s_clock = new SystemClock();

    /// <summary>Renames with further attempts on Windows.</summary>
    /// <param name="rename">Renames the file; what it returns is returned.</param>
    /// <exception cref="IOException">The file is still open in another program.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, or the user has no permission.</exception>
    public static Task<T> RenameAsync<T>(Func<T> rename) => UnixFile.IsUnix ? Task.FromResult(rename()) : RetryAsync(rename, s_clock);

    /// <summary>Renames, and tries again while another program may have the file open.</summary>
    public static async Task<T> RetryAsync<T>(Func<T> rename, IClock clock)
    {
        foreach (int delay in s_delays)
        {
            try
            {
                return rename();
            }
            catch (Exception e) when ((e is IOException error && SharingViolation.Is(error)) || e is UnauthorizedAccessException)
            {
                await clock.DelayAsync(TimeSpan.FromMilliseconds(delay), CancellationToken.None);
            }
        }

        return rename();
    }
}
