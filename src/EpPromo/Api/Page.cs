namespace EpPromo.Api;

/// <summary>One page of a list (api-contract.md section 5, List).</summary>
/// <typeparam name="T">The type of the records.</typeparam>
internal sealed class Page<T>
{
    /// <summary>A page of <paramref name="items"/>.</summary>
    /// <param name="items">The records of the page.</param>
    /// <param name="offset">The requested offset: how many records precede the page.</param>
    /// <param name="limit">How many records a full page of this list has, or null if the store does not report it.</param>
    /// <param name="total">How many records the list has, or null if the store does not report it or does not know it exactly.</param>
    /// <param name="reportedOffset">The offset that the store reports, or null.</param>
    public Page(IReadOnlyList<T> items, int offset, int? limit, int? total, int? reportedOffset = null)
    {
        Items = items;
        Offset = offset;
        Limit = limit;
        Total = total;
        ReportedOffset = reportedOffset;
    }

    /// <summary>The records of the page.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>The requested offset: how many records precede the page.</summary>
    public int Offset { get; }

    /// <summary>The offset that the store reports, or null. If it differs from <see cref="Offset"/>, this is not the requested page.</summary>
    public int? ReportedOffset { get; }

    /// <summary>How many records a full page has, or null.</summary>
    public int? Limit { get; }

    /// <summary>How many records the list has, or null; never a lower bound (api-contract.md section 3).</summary>
    public int? Total { get; }

    /// <summary>
    /// Whether this is the last page: it is empty, it reaches the total, or, without a total, it is short. <c>links.next</c> does not
    /// decide (api-contract.md section 5). Only the store knows how many records a full page has: a store that returns fewer records than
    /// requested would seem to be at the end. So if it reports no limit, only an empty page ends the list.
    /// </summary>
    public bool IsLast => Items.Count == 0 || (Total is { } total ? Offset + Items.Count >= total : Items.Count < Limit);

    /// <summary>The same page with other records in the place of its own.</summary>
    public Page<T> Select(Func<T, T> convert) => new([.. Items.Select(convert)], Offset, Limit, Total, ReportedOffset);
}
