using System.Runtime.CompilerServices;
using EpPromo.Codes.Changes;

namespace EpPromo.UnitTests.Codes;

/// <summary>Removed codes are remembered as long as a list may show them, and no longer.</summary>
public sealed class RemovedCodesTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly FakeClock _clock = new();
    private readonly RemovedCodes _removed;

    public RemovedCodesTests() => _removed = new RemovedCodes(_clock, s_window);

    [Fact]
    public void A_code_may_be_listed_until_the_window_after_its_last_removal_is_over()
    {
        _removed.Add("p", ["once", "twice"]);
        _clock.Advance(s_window / 2);
        _removed.Add("p", ["TWICE"]);
        _clock.Advance(s_window / 2);
        Assert.True(_removed.MayBeListed("p", "Once"));
        Assert.False(_removed.MayBeListed("q", "once"));

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.False(_removed.MayBeListed("p", "once"));
        Assert.True(_removed.MayBeListed("p", "twice"));
        _clock.Advance(s_window / 2);
        Assert.False(_removed.MayBeListed("p", "twice"));
    }

    /// <summary>A session can last for days and remove millions of codes, on one promotion after another.</summary>
    [Fact]
    public void Memory_is_released_when_the_window_is_over()
    {
        WeakReference code = AddNew("p");
        _clock.Advance(s_window + TimeSpan.FromTicks(1));
        _removed.Add("q", ["other"]);

        GC.Collect();

        Assert.False(code.IsAlive);
    }

    /// <summary>In a method of its own, so that no variable keeps the code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference AddNew(string promotionId)
    {
        string code = new('x', 12);
        _removed.Add(promotionId, [code]);
        return new WeakReference(code);
    }
}
