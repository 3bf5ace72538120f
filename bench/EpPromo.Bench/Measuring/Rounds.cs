namespace EpPromo.Bench.Measuring;

/// <summary>Lets contenders do their work by turns, so that a busy moment of the machine hits all of them.</summary>
internal static class Rounds
{
    /// <summary>Returns the laps of each contender, one for each round. A first round is for warming up and does not count.</summary>
    public static Task<IReadOnlyList<Laps>> RunAsync(int rounds, params IContender[] contenders) => RunWarmAsync(1, rounds, contenders);

    /// <summary>As <see cref="RunAsync"/>, for pieces of work so short that the runtime's optimization of the code would be what is measured.</summary>
    /// <param name="warmUps">How many rounds are for warming up and do not count.</param>
    /// <param name="rounds">How many rounds count.</param>
    /// <param name="contenders">Who does the work.</param>
    public static async Task<IReadOnlyList<Laps>> RunWarmAsync(int warmUps, int rounds, params IContender[] contenders)
    {
        Laps[] laps = [.. contenders.Select(_ => new Laps())];
        for (int round = 0; round < warmUps + rounds; round++)
        {
            for (int contender = 0; contender < contenders.Length; contender++)
            {
                Lap lap = await contenders[contender].RunAsync();
                if (round >= warmUps)
                {
                    laps[contender].Add(lap);
                }
            }
        }

        return laps;
    }
}
