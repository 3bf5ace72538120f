using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class CodeProgressTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly CodeProgress _progress = new();

    [Fact]
    public void Two_counts_tell_when_the_job_ends()
    {
        Observe(1, 100);
        Observe(2, 300);

        Assert.Equal(s_noon.AddSeconds(5.5), _progress.ExpectedEnd(1000));
    }

    [Fact]
    public void A_store_that_does_not_count_tells_nothing()
    {
        Observe(1, null);
        Observe(2, 0);

        Assert.Null(_progress.ExpectedEnd(1000));
    }

    [Fact]
    public void One_count_tells_nothing_however_often_it_is_shown()
    {
        Observe(1, 100);
        Observe(2, 100);

        Assert.Null(_progress.ExpectedEnd(1000));
    }

    [Fact]
    public void A_job_of_unknown_size_has_no_expected_end()
    {
        Observe(1, 100);
        Observe(2, 300);

        Assert.Null(_progress.ExpectedEnd(null));
    }

    private void Observe(int second, int? generated) => _progress.Observe(new PromotionJob { Generated = generated }, s_noon.AddSeconds(second));
}
