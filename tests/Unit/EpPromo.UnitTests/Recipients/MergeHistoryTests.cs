namespace EpPromo.UnitTests.Recipients;

/// <summary>
/// Random histories of one mailing: lists that grow, shrink and change their order, pools of codes that overlap, and processes that are
/// killed between the changes of the files. Whatever happens, no code has two recipients and none moves to another.
/// </summary>
public sealed class MergeHistoryTests
{
    private const int Histories = 400;
    private const int MergesPerHistory = 12;
    private const int People = 30;

    [Fact]
    public async Task No_code_is_given_twice_and_none_ever_moves()
    {
        int kills = 0;
        for (int seed = 1; seed <= Histories; seed++)
        {
            kills += await RunAsync(new Random(seed));
        }

        Assert.True(kills > Histories, $"Only {kills} processes were killed.");
    }

    private static async Task<int> RunAsync(Random random)
    {
        MergeStore store = new();
        Dictionary<string, string> given = [];
        int kills = 0;
        for (int merge = 0; merge < MergesPerHistory; merge++)
        {
            string[] people = [.. Enumerable.Range(0, People).Where(_ => random.Next(3) > 0).Select(number => $"p{number}@x").OrderBy(_ => random.Next())];
            string[] codes = [.. Enumerable.Range(random.Next(20), 2 * People).Select(number => $"C{number}").OrderBy(_ => random.Next())];
            store.KillBefore = random.Next(5);
            try
            {
                string[] rows = await store.MergeAsync(["Email", .. people.Select(name => random.Next(2) == 0 ? name : name.ToUpperInvariant())], codes);
                Assert.Equal(people, rows.Select(row => row.Split(',')[0].ToLowerInvariant()));
                Assert.Equal(people.Length, store.List!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
            }
            catch (KilledException)
            {
                kills++;
            }
            catch (EpPromoException e) when (e.ErrorId == "TooFewCodes")
            {
                // So many codes are reserved by now that the pool does not have enough.
            }

            // What has once been in the files may have been mailed.
            Dictionary<string, string> now = store.Codes();
            Assert.All(given, before => Assert.Equal(before.Value, now[before.Key]));
            given = now;
        }

        return kills;
    }
}
