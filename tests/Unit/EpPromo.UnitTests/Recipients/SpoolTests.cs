using EpPromo.Recipients.Spools;

namespace EpPromo.UnitTests.Recipients;

/// <summary>What a merge keeps on temporary streams comes back as it was.</summary>
public sealed class SpoolTests
{
    private static readonly string?[][] s_rows =
    [
        ["a", null, ""],
        [],
        [new string('é', 100_000), "夏\n🌞"],
        .. Enumerable.Range(0, 50_000).Select(number => new string?[] { $"row {number}", null }),
    ];

    [Fact]
    public void Rows_come_back_in_their_order_with_their_numbers_as_often_as_they_are_read()
    {
        using PartitionedRows rows = NewRows(s_rows);

        for (int time = 0; time < 2; time++)
        {
            Assert.Equal(s_rows, rows.Read().Select(row => row.Values));
            Assert.Equal(Enumerable.Range(0, s_rows.Length).Select(NumberOf), rows.Read().Select(row => row.Number));
        }
    }

    [Fact]
    public void Rows_of_the_same_key_are_in_the_same_partition_in_their_order()
    {
        using PartitionedRows rows = NewRows(s_rows);

        for (int partition = 0; partition < PartitionedRows.PartitionCount; partition++)
        {
            long[] numbers = [.. rows.ReadPartition(partition).Select(row => row.Number)];
            Assert.Equal(numbers.Order(), numbers);
        }

        Dictionary<string, int> partitions = [];
        Assert.All(
            Enumerable.Range(0, PartitionedRows.PartitionCount).SelectMany(partition => rows.ReadPartition(partition).Select(row => (partition, row))),
            pair => Assert.True(partitions.TryAdd(KeyOf(pair.row.Values), pair.partition) || partitions[KeyOf(pair.row.Values)] == pair.partition));
        Assert.True(partitions.Values.Distinct().Count() > PartitionedRows.PartitionCount / 2);
    }

    [Fact]
    public void Rows_that_are_made_by_partition_come_back_in_the_order_of_the_first_ones()
    {
        using PartitionedRows rows = NewRows(s_rows);
        using PartitionedRows lengths = rows.NewWithSameOrder();
        for (int partition = 0; partition < PartitionedRows.PartitionCount; partition++)
        {
            foreach (SpoolRow row in rows.ReadPartition(partition))
            {
                lengths.AddTo(partition, new SpoolRow(row.Values.Length));
            }
        }

        Assert.Equal(s_rows.Select(row => (long)row.Length), lengths.Read().Select(row => row.Number));
    }

    [Fact]
    public void A_few_rows_need_no_stream()
    {
        using PartitionedRows rows = new(() => throw new InvalidOperationException());
        rows.Add("a", new SpoolRow(1, "x"));
        rows.Add("b", new SpoolRow(2, "y"));

        Assert.Equal(["x", "y"], rows.Read().Select(row => row.Values[0]));
    }

    private static PartitionedRows NewRows(string?[][] values)
    {
        PartitionedRows rows = new(() => new MemoryStream());
        for (int i = 0; i < values.Length; i++)
        {
            rows.Add(KeyOf(values[i]), new SpoolRow(NumberOf(i), values[i]));
        }

        return rows;
    }

    private static string KeyOf(string?[] row) => row.FirstOrDefault() is { Length: > 2 } text ? text[^2..] : "";

    /// <summary>Small and large numbers.</summary>
    private static long NumberOf(int index) => (long)index * index * index;
}
