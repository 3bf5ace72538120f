using EpPromo.Api;

namespace EpPromo.UnitTests.Api;

/// <summary>
/// A list whose pages are returned in any order, and which changes meanwhile. Everything random follows from a seed, on one thread: a page is
/// read when <see cref="ServeOne"/> picks it.
/// </summary>
internal sealed class ReorderingList(int seed)
{
    /// <summary>From here on, the list does not grow: reading might be slower than that, and never end.</summary>
    private const int MaxCount = 150;

    private readonly Random _random = new(seed);
    private readonly List<(int Offset, TaskCompletionSource<Page<int>> Page)> _waiting = [];
    private int _newest;

    /// <summary>The records now, in the order of the list.</summary>
    public List<int> Records { get; } = [];

    public int PageLength { get; init; } = 10;

    public bool ReportsLimit { get; init; } = true;

    public bool ReportsTotal { get; init; } = true;

    /// <summary>Whether new records come first, or last.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>How likely records are added, or one is removed, before a page is returned.</summary>
    public double GrowthChance { get; init; }

    public double RemovalChance { get; init; }

    /// <summary>The pages that were requested.</summary>
    public List<int> Offsets { get; } = [];

    /// <summary>How many pages were requested, and how many at the same time.</summary>
    public int Requests => Offsets.Count;

    public int MaxAtOnce { get; private set; }

    /// <summary>How many pages are requested but not returned.</summary>
    public int Waiting
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count;
            }
        }
    }

    public void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Records.Insert(IsNewestFirst ? 0 : Records.Count, ++_newest);
        }
    }

    public Task<Page<int>> FetchAsync(int offset, CancellationToken cancellationToken)
    {
        TaskCompletionSource<Page<int>> page = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            Offsets.Add(offset);
            _waiting.Add((offset, page));
            MaxAtOnce = Math.Max(MaxAtOnce, _waiting.Count);
        }

        cancellationToken.Register(() => page.TrySetCanceled(cancellationToken));
        return page.Task;
    }

    /// <summary>Returns one of the requested pages, as the list is now.</summary>
    public void ServeOne()
    {
        (int Offset, TaskCompletionSource<Page<int>> Page) served;
        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            int picked = _random.Next(_waiting.Count);
            served = _waiting[picked];
            _waiting.RemoveAt(picked);
        }

        if (_newest < MaxCount && _random.NextDouble() < GrowthChance)
        {
            Add(_random.Next(1, 4));
        }

        if (_random.NextDouble() < RemovalChance)
        {
            Records.RemoveAt(_random.Next(Records.Count));
        }

        served.Page.TrySetResult(new Page<int>(
            [.. Records.Skip(served.Offset).Take(PageLength)],
            served.Offset,
            ReportsLimit ? PageLength : null,
            ReportsTotal ? Records.Count : null));
    }
}
