using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>One command at a time has the lock, also while others take and release it, and no file remains.</summary>
public sealed class FileLockTests : IDisposable
{
    private const int Commands = 6;
    private const int Attempts = 5000;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private int _owners;
    private int _maxOwners;
    private int _taken;

    /// <summary>
    /// The lock file is deleted when it is released. A command that opened it before and locks it after that has a file without a name; another
    /// command creates a new one. Locks belong to handles, so threads compete for them as processes do.
    /// </summary>
    [Fact]
    public void A_lock_that_is_being_released_is_never_taken_twice()
    {
        string path = Path.Combine(_folder, "mailing.csv");
        Thread[] commands = [.. Enumerable.Range(0, Commands).Select(_ => new Thread(() => TakeOften(path)))];

        Array.ForEach(commands, command => command.Start());
        Array.ForEach(commands, command => command.Join());

        Assert.InRange(_taken, Attempts, Commands * Attempts);
        Assert.Equal(1, _maxOwners);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private void TakeOften(string path)
    {
        for (int i = 0; i < Attempts; i++)
        {
            try
            {
                using FileLock taken = FileLock.Take(path);
                int owners = Interlocked.Increment(ref _owners);
                InterlockedMax(owners);
                Interlocked.Increment(ref _taken);
                Interlocked.Decrement(ref _owners);
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.MergeInProgress))
            {
                // Another one has it.
            }
        }
    }

    private void InterlockedMax(int owners)
    {
        int before;
        while ((before = Volatile.Read(ref _maxOwners)) < owners && Interlocked.CompareExchange(ref _maxOwners, owners, before) != before)
        {
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
