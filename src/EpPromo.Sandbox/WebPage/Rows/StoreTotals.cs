using EpPromo.Sandbox.Promotions;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>The totals of a whole store.</summary>
internal sealed class StoreTotals
{
    public int Promotions { get; private set; }

    public long Codes { get; private set; }

    /// <summary>How often codes were used.</summary>
    public long Uses { get; private set; }

    /// <summary>How many codes were ever used.</summary>
    public long UsedCodes { get; private set; }

    /// <summary>The number of jobs by status.</summary>
    public SortedDictionary<string, int> Jobs { get; } = new(StringComparer.Ordinal);

    public void Add(PromotionState promotion)
    {
        Promotions++;
        Codes += promotion.Codes.Count;
        Uses += promotion.TotalUses;
        UsedCodes += promotion.UsedCodes;
    }

    public void Add(string jobStatus) => Jobs[jobStatus] = Jobs.GetValueOrDefault(jobStatus) + 1;
}
