using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>A file that a virus scanner has open for a moment is renamed all the same, and the old file is never lost.</summary>
public sealed class FreshFileTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly FakeClock _clock = new();
    private int _attempts;

    [Fact]
    public async Task A_file_that_another_program_has_open_is_renamed_when_it_is_free()
    {
        Assert.Equal("renamed", await FreshFile.RetryAsync(() => ++_attempts < 3 ? throw new IOException("open", SharingViolation) : "renamed", _clock));
        Assert.Equal(3, _attempts);
    }

    [Fact]
    public async Task Attempts_end_after_three_seconds()
    {
        DateTimeOffset start = _clock.UtcNow;

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => FreshFile.RetryAsync<bool>(() => Fail(new UnauthorizedAccessException()), _clock));

        Assert.Equal(TimeSpan.FromSeconds(3), _clock.UtcNow - start);
        Assert.Equal(7, _attempts);
    }

    [Fact]
    public async Task Another_error_is_not_tried_again()
    {
        await Assert.ThrowsAsync<IOException>(() => FreshFile.RetryAsync<bool>(() => Fail(new IOException("The disk is full.")), _clock));

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public void A_file_is_replaced_and_leaves_no_other()
    {
        string path = Write("codes.csv", "old");

        Assert.True(FileReplacement.ReplaceKeepingOld(path, Write("new", "new")));

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_stays()
    {
        string path = Write("codes.csv", "old");

        Assert.ThrowsAny<IOException>(() => FileReplacement.ReplaceKeepingOld(path, Path.Combine(_folder, "missing")));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private bool Fail(Exception e)
    {
        _attempts++;
        throw e;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
