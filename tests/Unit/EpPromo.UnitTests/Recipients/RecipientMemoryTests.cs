using EpPromo.Http.Csv;
using EpPromo.Recipients;

namespace EpPromo.UnitTests.Recipients;

/// <summary>A merge keeps neither the rows nor the codes in memory: a longer list needs hardly more.</summary>
[Collection(NonParallelTests.Name)]
public sealed class RecipientMemoryTests
{
    private const int Short = 20_000;
    private const int Long = 200_000;
    private const double MaxBytesForEachMore = 5;

    [Fact]
    public async Task A_longer_list_needs_hardly_more_memory()
    {
        long forShort = await MeasureAsync(Short);
        long forLong = await MeasureAsync(Long);

        double bytes = (double)(forLong - forShort) / (Long - Short);
        Assert.True(bytes < MaxBytesForEachMore, $"{bytes:0} bytes for each recipient more.");
    }

    /// <summary>The most that is reachable while a list is merged, and merged again with a recipient more.</summary>
    private static async Task<long> MeasureAsync(int count)
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-").FullName;
        try
        {
            using MeasuringTarget target = new(Path.Combine(folder, "list.csv"));
            await MergeAsync(target, folder, count);
            await MergeAsync(target, folder, count + 1);
            return target.Max;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MergeAsync(MeasuringTarget target, string folder, int count)
    {
        using Stream? list = target.Open();
        using RecipientMerge merge = new(
            new MergeOptions("Email", "", ""),
            new CsvTables(),
            () => new MeasuringSpool(Path.Combine(folder, Path.GetRandomFileName()), target),
            list,
            null,
            _ => target.Measure());
        string[] names = ["Email", "Note"];
        for (int i = 0; i < count; i++)
        {
            merge.Add(names, [$"customer{i}@example.com", "a note of some words"]);
            target.Measure();
        }

        merge.EndList(TestContext.Current.CancellationToken);
        for (int i = 0; i < count; i++)
        {
            merge.Offer($"CODE-{i}");
            target.Measure();
        }

        merge.EndCodes(TestContext.Current.CancellationToken);
        await merge.WriteAsync(target, TestContext.Current.CancellationToken);
        foreach (MergedRow _ in merge.Rows())
        {
            target.Measure();
        }
    }

    /// <summary>The merged file. Measures the memory at intervals.</summary>
    private sealed class MeasuringTarget(string path) : IMergeTarget, IDisposable
    {
        private const int Interval = 10_000;
        private int _rows;

        public long Max { get; private set; }

        public FileStream? Open() => File.Exists(path) ? File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete) : null;

        public void Measure(int rows = 1)
        {
            _rows += rows;
            if (_rows >= Interval)
            {
                _rows = 0;
                Max = Math.Max(Max, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        public Task WriteListAsync(Action<Stream> write, CancellationToken cancellationToken)
        {
            string next = path + ".next";
            using (FileStream file = File.Create(next))
            {
                write(file);
            }

            File.Move(next, path, overwrite: true);
            return Task.CompletedTask;
        }

        public Task WriteFormerAsync(Action<Stream> write, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void RemoveFormer() => throw new NotSupportedException();

        public void Dispose() => File.Delete(path);
    }

    /// <summary>A temporary stream that measures the memory also while no row is added or returned.</summary>
    private sealed class MeasuringSpool(string path, MeasuringTarget target)
        : FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)
    {
        private const int RowsPerBlock = 500;

        public override int Read(byte[] array, int offset, int count)
        {
            target.Measure(RowsPerBlock);
            return base.Read(array, offset, count);
        }
    }
}
