namespace EpPromo.Api;

/// <summary>One page of a list (api-contract.md section 5, List).</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class Page<T>
{
    /// <summary>A page of <paramref name="items"/>.</summary>
    /// <param name="items">What the page holds.</param>
    /// <param name="offset">How many records stand before it.</param>
    /// <param name="limit">How many records a full page of this list holds, or null when the store does not say.</param>
    /// <param name="total">How many records there are in all, or null when the store does not say, or does not know.</param>
    /// <param name="toldOffset">How many stand before it as the store itself says, or null.</param>
    public Page(IReadOnlyList<T> items, int offset, int? limit, int? total, int? toldOffset = null)
    {
        Items = items;
        Offset = offset;
        Limit = limit;
        Total = total;
        ToldOffset = toldOffset;
    }

    /// <summary>What the page holds.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>How many records stand before it, as it was asked for.</summary>
    public int Offset { get; }

    /// <summary>How many records stand before it as the store says, or null. Where it is another number, this is not the page asked for.</summary>
    public int? ToldOffset { get; }

    /// <summary>How many records a full page holds, or null.</summary>
    public int? Limit { get; }

    /// <summary>How many records there are in all, or null; never a number that may be too small (api-contract.md section 3).</summary>
    public int? Total { get; }

    /// <summary>
    /// Whether this is the last page: it is empty, it reaches the total, or, with no total, it is short. <c>links.next</c> is no
    /// stop sign (api-contract.md section 5). What a full page is only the store knows: one that gives fewer records than were asked for
    /// would seem to be at its end, and where it tells no limit only an empty page ends the list.
    /// </summary>
    public bool IsLast => Items.Count == 0 || (Total is { } total ? Offset + Items.Count >= total : Items.Count < Limit);
}
