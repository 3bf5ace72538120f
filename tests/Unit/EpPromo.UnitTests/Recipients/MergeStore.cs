using System.Text;
using EpPromo.Http.Csv;
using EpPromo.Recipients;

namespace EpPromo.UnitTests.Recipients;

/// <summary>The files of merges in memory. Before each change of a file, the process can be killed.</summary>
internal sealed class MergeStore : IMergeTarget
{
    private const string Key = "Email";

    public string? List { get; set; }

    public string? Former { get; set; }

    /// <summary>The number of the change before which the process is killed, from 1; 0 for none.</summary>
    public int KillBefore { get; set; }

    /// <summary>The number of changes of files since the merge began.</summary>
    public int Changes { get; private set; }

    /// <summary>Merges rows, whose first one holds the names of the columns.</summary>
    /// <returns>Each row of the result, with an asterisk if the code is new.</returns>
    public async Task<string[]> MergeAsync(string[] list, string[] codes, Action<RecipientMerge>? inspect = null, string key = Key)
    {
        Changes = 0;
        using RecipientMerge merge = new(
            new MergeOptions(key, "list.csv", "list.former.csv"),
            new CsvTables(),
            () => new MemoryStream(),
            Open(List),
            Open(Former),
            _ => { });
        string[] names = list[0].Split(',');
        foreach (string row in list.Skip(1))
        {
            merge.Add(names, row.Split(','));
        }

        merge.EndList(TestContext.Current.CancellationToken);
        foreach (string code in codes)
        {
            merge.Offer(code);
        }

        merge.EndCodes(TestContext.Current.CancellationToken);
        inspect?.Invoke(merge);
        await merge.WriteAsync(this, TestContext.Current.CancellationToken);
        return [.. merge.Rows().Select(row => string.Join(',', row.Values) + (row.IsNew ? "*" : ""))];
    }

    public Task WriteListAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        List = Write(write);
        return Task.CompletedTask;
    }

    public Task WriteFormerAsync(Action<Stream> write, CancellationToken cancellationToken)
    {
        Former = Write(write);
        return Task.CompletedTask;
    }

    public void RemoveFormer()
    {
        ThrowIfKilled();
        Former = null;
    }

    /// <summary>Who has which code, by both files. A key without a recipient is that of a reserved code.</summary>
    public Dictionary<string, string> Codes()
    {
        Dictionary<string, string> codes = [];
        foreach (string? file in new[] { List, Former })
        {
            if (Open(file) is { } stream)
            {
                using ICsvTableReader table = new CsvTables().Read(stream, reason => throw new InvalidOperationException(reason));
                while (table.Read())
                {
                    string key = table.Value(table.Columns.PositionOf(Key)).Trim().ToUpperInvariant();
                    string code = table.Value(table.Columns.PositionOf(ColumnList.Code));
                    Assert.True(codes.TryAdd(key, code) || codes[key] == code, $"{key} has {codes[key]} and {code}.");
                }
            }
        }

        Assert.Equal(codes.Count, codes.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        return codes;
    }

    private string Write(Action<Stream> write)
    {
        ThrowIfKilled();
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void ThrowIfKilled()
    {
        if (++Changes == KillBefore)
        {
            throw new KilledException();
        }
    }

    private static MemoryStream? Open(string? file) => file is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(file));
}
