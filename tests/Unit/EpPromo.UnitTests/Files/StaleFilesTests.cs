using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>What killed processes have left beside the files of a call.</summary>
public sealed class StaleFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public void A_folder_is_read_once_however_many_files_go_there()
    {
        const int Files = 1000;
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        string[] left = [.. Enumerable.Range(0, Files).SelectMany(number => new[] { Leave(_folder, number), Leave(other, number) })];
        List<string> read = [];
        StaleFiles stale = new(folder =>
        {
            read.Add(folder);
            return PartialFile.In(folder);
        });

        Parallel.For(0, Files, number =>
        {
            stale.Remove(Path.Combine(_folder, $"{number}.csv"));
            stale.Remove(Path.Combine(other, $"{number}.csv"));
        });

        Assert.Equal([_folder, other], read.Order());
        Assert.All(left, file => Assert.False(File.Exists(file)));
    }

    /// <summary>The folder was read while the file was locked.</summary>
    [Fact]
    public void A_file_is_judged_when_its_turn_comes()
    {
        string partial = Leave(_folder, 1);
        StaleFiles stale = new();
        using (new FileStream(partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            stale.Remove(Path.Combine(_folder, "1.csv"));
            Assert.True(File.Exists(partial));
        }

        stale.Remove(Path.Combine(_folder, "1.csv"));
        Assert.False(File.Exists(partial));
    }

    /// <summary>A file that is being written is locked, even before its first byte.</summary>
    [Fact]
    public void A_file_that_is_being_written_is_kept()
    {
        string path = Path.Combine(_folder, "1.csv");
        using FileStream partial = PartialFile.Create(path);
        File.SetLastWriteTimeUtc(partial.Name, DateTime.UtcNow.AddHours(-1));

        new StaleFiles().Remove(path);

        Assert.True(File.Exists(partial.Name));
    }

    /// <summary>On Unix, a file is created first and then locked, so that another process can take it for one that was left behind.</summary>
    [Fact]
    public async Task A_file_that_another_process_removes_while_it_is_being_created_is_created_again()
    {
        string path = Path.Combine(_folder, "1.csv");
        bool isEnded = false;
        Task removing = Task.Run(
            () =>
            {
                while (!Volatile.Read(ref isEnded))
                {
                    foreach (string partial in Directory.EnumerateFiles(_folder))
                    {
                        PartialFile.RemoveWhenStale(partial);
                    }
                }
            },
            TestContext.Current.CancellationToken);

        List<bool> exist = [];
        for (int i = 0; i < 2000; i++)
        {
            using FileStream partial = PartialFile.Create(path);
            exist.Add(File.Exists(partial.Name));
            File.Delete(partial.Name);
        }

        Volatile.Write(ref isEnded, true);
        await removing;
        Assert.DoesNotContain(false, exist);
    }

    [Fact]
    public void A_file_that_is_removed_at_each_attempt_is_an_error()
    {
        List<string> created = [];

        Assert.Throws<IOException>(() => PartialFile.Create(Path.Combine(_folder, "1.csv"), path =>
        {
            FileStream file = new(PartialFile.NewName(path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
            created.Add(file.Name);
            File.Delete(file.Name);
            return file;
        }));

        Assert.Equal(10, created.Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Leave(string folder, int number)
    {
        string partial = PartialFile.NewName(Path.Combine(folder, $"{number}.csv"));
        File.WriteAllText(partial, "code");
        File.SetLastWriteTimeUtc(partial, DateTime.UtcNow.AddHours(-1));
        return partial;
    }
}
