using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>While a file is replaced, the old or the new content always has a name that nothing deletes.</summary>
public sealed class BackedUpReplacementTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int UnableToMoveReplacement2 = unchecked((int)0x80070499);

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly string _path;
    private readonly string _with;
    private readonly FakeClock _clock = new();
    private readonly List<string> _warnings = [];
    private int _moves;

    public BackedUpReplacementTests()
    {
        _path = Write("codes.csv", "old");
        _with = Write("new", "new");
    }

    [Fact]
    public async Task A_file_is_replaced_and_leaves_no_other()
    {
        await RunAsync(new BackedUpReplacement(_path, _with));

        Assert.Equal("new", File.ReadAllText(_path));
        Assert.Equal([_path], Directory.GetFiles(_folder));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_file_that_cannot_be_replaced_stays()
    {
        File.Delete(_with);

        await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(new BackedUpReplacement(_path, _with)));

        Assert.Equal("old", File.ReadAllText(_path));
        Assert.Equal([_path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task If_the_old_file_was_moved_away_the_new_one_is_renamed()
    {
        await RunAsync(new BackedUpReplacement(_path, _with) { Clock = _clock, Replace = MoveOldOnly });

        Assert.Equal("new", File.ReadAllText(_path));
        Assert.Equal([_path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_old_file_is_moved_back_with_further_attempts()
    {
        BackedUpReplacement replacement = new(_path, _with)
        {
            Clock = _clock,
            Replace = MoveOldOnly,
            Move = (from, to) => Move(from, to, isOpen: from == _with || ++_moves < 3),
        };

        await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(replacement));

        Assert.Equal("old", File.ReadAllText(_path));
        Assert.Equal(3, _moves);
    }

    [Fact]
    public async Task An_old_file_that_cannot_be_moved_back_is_named_and_never_removed_as_stale()
    {
        BackedUpReplacement replacement = new(_path, _with) { Clock = _clock, Replace = MoveOldOnly, Move = (from, to) => Move(from, to, isOpen: true) };

        IOException error = await Assert.ThrowsAsync<IOException>(() => RunAsync(replacement));

        string backup = Assert.Single(Directory.GetFiles(_folder), file => file != _with);
        Assert.Contains(backup, error.Message, StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(backup, DateTime.UtcNow.AddHours(-1));
        new StaleFiles().Remove(_path);
        Assert.Equal("old", File.ReadAllText(backup));
    }

    [Fact]
    public async Task An_old_file_that_cannot_be_deleted_is_named_in_a_warning()
    {
        await RunAsync(new BackedUpReplacement(_path, _with) { Clock = _clock, Delete = _ => throw new IOException("open", SharingViolation) });

        string backup = Assert.Single(Directory.GetFiles(_folder), file => file != _path);
        Assert.Contains(backup, Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Equal("new", File.ReadAllText(_path));
    }

    [Fact]
    public async Task A_read_only_file_is_not_tried_again()
    {
        File.SetAttributes(_path, FileAttributes.ReadOnly);
        BackedUpReplacement replacement = new(_path, _with) { Clock = _clock, Replace = (_, _, _) => throw new UnauthorizedAccessException() };

        await Assert.ThrowsAsync<IOException>(() => RunAsync(replacement));

        Assert.Empty(_clock.Delays);
        File.SetAttributes(_path, FileAttributes.Normal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task RunAsync(BackedUpReplacement replacement) => replacement.RunAsync(
        warning =>
        {
            _warnings.Add(warning);
            return Task.CompletedTask;
        },
        TestContext.Current.CancellationToken);

    private static void MoveOldOnly(string with, string path, string backup)
    {
        File.Move(path, backup);
        throw new IOException("unable to move", UnableToMoveReplacement2);
    }

    private static void Move(string from, string to, bool isOpen)
    {
        if (isOpen)
        {
            throw new IOException("open", SharingViolation);
        }

        File.Move(from, to);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
