using EpPromo.PowerShell.Pipeline;

namespace EpPromo.UnitTests.Pipeline;

/// <summary>When a command says that its requests fail.</summary>
public class StoreOutageTests
{
    private readonly FakeClock _clock = new();
    private readonly StoreOutage _outage;

    public StoreOutageTests() => _outage = new StoreOutage(_clock);

    /// <summary>Seconds that the call has lasted, and until it is sent again.</summary>
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(3, 1.9, false)]
    [InlineData(3, 2, true)]
    [InlineData(30, 0, true)]
    [InlineData(0, 20, true)]
    public void A_failure_is_a_warning_when_the_command_would_seem_to_hang(double elapsed, double delay, bool warns) =>
        Assert.Equal(
            warns ? "A request to the store at host:1 has failed: Connection refused. The command keeps trying; Ctrl+C stops it." : null,
            Report(elapsed, delay));

    [Fact]
    public void Several_calls_that_fail_one_after_another_are_one_outage_with_one_warning()
    {
        Assert.Null(Report(0, 1));
        _clock.Advance(TimeSpan.FromSeconds(4.5));
        Assert.NotNull(Report(0, 1));
        Assert.Null(Report(0, 1));
    }

    [Fact]
    public void After_a_success_a_new_outage_has_its_own_warning()
    {
        Report(0, 20);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("The last request to the store at host:1 failed: Connection refused.", _outage.Description);

        _outage.End();

        Assert.Null(_outage.Description);
        Assert.Null(Report(0, 1));
        Assert.NotNull(Report(0, 20));
    }

    [Fact]
    public void What_the_store_says_is_cleaned_before_it_is_shown() =>
        Assert.DoesNotContain('\e', _outage.Report("host:1", "busy \e[31m", TimeSpan.Zero, TimeSpan.FromMinutes(1))!);

    private string? Report(double elapsed, double delay) =>
        _outage.Report("host:1", "Connection refused", TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(delay));
}
