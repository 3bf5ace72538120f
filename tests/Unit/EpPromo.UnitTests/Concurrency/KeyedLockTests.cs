using EpPromo.Concurrency;

namespace EpPromo.UnitTests.Concurrency;

public class KeyedLockTests
{
    private readonly KeyedLock _locks = new();

    [Fact]
    public async Task Holders_of_one_key_follow_each_other_in_their_order()
    {
        IDisposable first = await LockAsync("promo-1");
        Task<IDisposable> second = LockAsync("PROMO-1");
        Task<IDisposable> third = LockAsync("promo-1");

        first.Dispose();
        IDisposable held = await second;
        Assert.False(third.IsCompleted);
        held.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Another_key_is_another_lock()
    {
        using IDisposable one = await LockAsync("promo-1");
        Task<IDisposable> other = LockAsync("promo-2");

        Assert.True(other.IsCompleted);
        (await other).Dispose();
    }

    [Fact]
    public async Task A_cancelled_waiter_is_skipped()
    {
        IDisposable first = await LockAsync("promo-1");
        using CancellationTokenSource stop = new();
        Task<IDisposable> cancelled = _locks.LockAsync("promo-1", stop.Token);
        Task<IDisposable> next = LockAsync("promo-1");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        first.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task A_lock_that_is_disposed_twice_is_released_once()
    {
        IDisposable first = await LockAsync("promo-1");
        Task<IDisposable> second = LockAsync("promo-1");
        Task<IDisposable> third = LockAsync("promo-1");

        first.Dispose();
        first.Dispose();

        IDisposable held = await second;
        Assert.False(third.IsCompleted);
        held.Dispose();
        (await third).Dispose();
    }

    private Task<IDisposable> LockAsync(string key) => _locks.LockAsync(key, TestContext.Current.CancellationToken);
}
