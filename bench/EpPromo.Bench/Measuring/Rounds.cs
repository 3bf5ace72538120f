namespace EpPromo.Bench.Measuring;

/// <summary>Lets contenders do their work by turns, so that a busy moment of the machine hits all of them.</summary>
internal static class Rounds
{
    /// <summary>Returns the laps of each contender, one for each round. A first round is for warming up and does not count.</summary>
    public static async Task<IReadOnlyList<Laps>> RunAsync(int rounds, params IContender[] contenders)
    {
        Laps[] laps = [.. contenders.Select(_ => new Laps())];
        for (int round = 0; round <= rounds; round++)
        {
            for (int contender = 0; contender < contenders.Length; contender++)
            {
                Lap lap = await contenders[contender].RunAsync();
                if (round > 0)
                {
                    laps[contender].Add(lap);
                }
            }
        }

        return laps;
    }
}
