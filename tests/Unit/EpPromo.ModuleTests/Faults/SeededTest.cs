namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// Something whose course a seed decides, as far as that goes: processes are killed after the same requests and pauses, but run as fast as
/// the machine lets them.
/// </summary>
internal static class SeededTest
{
    /// <summary>Plays it. When it fails, the message names the seed.</summary>
    /// <param name="seed">What decides.</param>
    /// <param name="replay">The environment variables that play it alone again.</param>
    /// <param name="play">What is to succeed.</param>
    public static async Task RunAsync(int seed, string replay, Func<Task> play)
    {
        try
        {
            await play();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"""
                Seed {seed}: {failure.Message}
                To play it again, as far as that is possible: {replay}
                """,
                failure);
        }
    }
}
