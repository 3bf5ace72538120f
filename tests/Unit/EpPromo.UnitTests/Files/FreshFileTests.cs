using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>A file that a virus scanner has open for a moment is renamed all the same.</summary>
public sealed class FreshFileTests
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FakeClock _clock = new();
    private int _attempts;

    [Fact]
    public async Task A_file_that_another_program_has_open_is_renamed_when_it_is_free()
    {
        Assert.Equal("renamed", await FreshFile.RetryAsync(() => ++_attempts < 3 ? throw new IOException("open", SharingViolation) : "renamed", _clock, TestContext.Current.CancellationToken));
        Assert.Equal(3, _attempts);
    }

    [Fact]
    public async Task Attempts_end_after_three_seconds()
    {
        DateTimeOffset start = _clock.UtcNow;

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => FreshFile.RetryAsync<bool>(() => Fail(new UnauthorizedAccessException()), _clock, TestContext.Current.CancellationToken));

        Assert.Equal(TimeSpan.FromSeconds(3), _clock.UtcNow - start);
        Assert.Equal(7, _attempts);
    }

    [Fact]
    public async Task Another_error_is_not_tried_again()
    {
        await Assert.ThrowsAsync<IOException>(() => FreshFile.RetryAsync<bool>(() => Fail(new IOException("The disk is full.")), _clock, TestContext.Current.CancellationToken));

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task Cancellation_ends_the_attempts()
    {
        FakeClock clock = new() { AutoAdvances = false };
        using CancellationTokenSource cancellation = new();
        Task renaming = FreshFile.RetryAsync<bool>(() => Fail(new UnauthorizedAccessException()), clock, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renaming);
        Assert.Equal(1, _attempts);
    }

    private bool Fail(Exception e)
    {
        _attempts++;
        throw e;
    }
}
