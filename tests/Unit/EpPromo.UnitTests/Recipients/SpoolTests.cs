using System.Globalization;
using System.Security.Cryptography;
using EpPromo.Recipients;

namespace EpPromo.UnitTests.Recipients;

/// <summary>What a merge keeps outside of ordinary collections comes back as it was.</summary>
public sealed class SpoolTests
{
    [Fact]
    public void Rows_come_back_with_their_numbers_and_missing_values_as_often_as_they_are_read()
    {
        string?[][] rows =
        [
            ["a", null, ""],
            [],
            [new string('é', 100_000), "夏\n🌞"],
            .. Enumerable.Range(0, 5000).Select(number => new string?[] { $"row {number}", null }),
        ];
        using RowSpool spool = new(new MemoryStream());
        for (int i = 0; i < rows.Length; i++)
        {
            spool.Add(-i, rows[i]);
        }

        for (int time = 0; time < 2; time++)
        {
            Assert.Equal(rows, spool.Read().Select(row => row.Values));
            Assert.Equal(Enumerable.Range(0, rows.Length).Select(i => -i), spool.Read().Select(row => row.Number));
        }
    }

    [Fact]
    public void Rows_in_memory_come_back_by_number()
    {
        PackedRows packed = new();
        string[][] rows = [[""], ["", "", ""], ["a", new string('é', 100_000)], .. Enumerable.Range(0, 5000).Select(number => new[] { $"CODE-{number}", "x" })];
        foreach (string[] row in rows)
        {
            packed.Add(row);
        }

        Assert.All(Enumerable.Range(0, rows.Length), number => Assert.Equal(rows[number], packed.Get(number)));
    }

    [Fact]
    public void Hashes_keep_their_numbers_while_the_index_grows()
    {
        using TextHasher hasher = new();
        HashIndex index = new();
        for (int i = 0; i < 50_000; i++)
        {
            Assert.True(index.Add(hasher.Of(i.ToString(CultureInfo.InvariantCulture)), out int number));
            Assert.Equal(i, number);
        }

        Assert.All(Enumerable.Range(0, 50_000), i => Assert.Equal(i, index.Find(hasher.Of(i.ToString(CultureInfo.InvariantCulture)))));
        Assert.False(index.Add(hasher.Of("49999"), out int known));
        Assert.Equal(49_999, known);
        Assert.Equal(-1, index.Find(hasher.Of("50000")));
    }

    [Fact]
    public void Hashes_that_share_a_place_are_told_apart()
    {
        HashIndex index = new();
        TextHash[] similar = [.. Enumerable.Range(0, 100).Select(number => new TextHash(7, (ulong)number))];

        Assert.Equal(Enumerable.Range(0, 100), similar.Select(hash => index.Add(hash, out int number) ? number : -1));
        Assert.Equal(Enumerable.Range(0, 100), similar.Select(index.Find));
    }

    [Fact]
    public void A_hash_is_that_of_the_text_without_case_and_white_space()
    {
        using TextHasher hasher = new();
        byte[] expected = SHA256.HashData("MIA@X"u8);

        Assert.Equal(new TextHash(BitConverter.ToUInt64(expected, 0), BitConverter.ToUInt64(expected, 8)), hasher.Of(" mia@x "));
    }
}
