namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// A test whose course depends on a seed. Repeating a seed repeats it only approximately: processes are killed after the same requests
/// and pauses, but run as fast as the machine allows.
/// </summary>
internal static class SeededTest
{
    /// <summary>Runs the test. If it fails, the message names the seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="repeat">The environment variables that repeat only this seed.</param>
    /// <param name="test">The test.</param>
    public static async Task RunAsync(int seed, string repeat, Func<Task> test)
    {
        try
        {
            await test();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"""
                Seed {seed}: {failure.Message}
                To repeat it, as far as possible: {repeat}
                """,
                failure);
        }
    }
}
