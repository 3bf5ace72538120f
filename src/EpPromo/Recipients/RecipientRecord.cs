using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>
/// Who has which code: the rows of the file that an earlier merge wrote, then those of the file of former recipients. Each row is valid;
/// whether a recipient or a code is there twice is found out later (<see cref="RecipientMatch"/>, <see cref="AssignedCodes"/>).
/// </summary>
internal sealed class RecipientRecord : IDisposable
{
    private readonly MergeOptions _options;
    private readonly Action<int> _onRow;

    /// <param name="options">What the merge is told.</param>
    /// <param name="list">The merged file, or null if there is none yet.</param>
    /// <param name="former">The file of former recipients, or null.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    /// <param name="onRow">Callback: is told before each row how many were read. What it throws ends the reading.</param>
    public RecipientRecord(MergeOptions options, RecordFile? list, RecordFile? former, Func<Stream> newSpool, Action<int> onRow)
    {
        _options = options;
        List = list;
        Former = former;
        _onRow = onRow;
        Rows = new PartitionedRows(newSpool);
    }

    /// <summary>The merged file, or null if there is none yet.</summary>
    public RecordFile? List { get; }

    /// <summary>The file of former recipients, or null.</summary>
    public RecordFile? Former { get; }

    /// <summary>The rows of both files, as <see cref="RecordRow"/>s, by recipient.</summary>
    public PartitionedRows Rows { get; }

    /// <summary>How many of the rows are in the merged file.</summary>
    public int ListCount { get; private set; }

    /// <summary>The columns of the files that the new list does not have. Their values are kept: another program may have added them.</summary>
    public IReadOnlyList<string> ExtraColumns { get; private set; } = [];

    /// <summary>How the files are written; the merged file decides.</summary>
    public CsvFormat Format { get; private set; } = CsvFormat.Default;

    /// <summary>Reads the files.</summary>
    /// <param name="newColumns">The columns of the new list.</param>
    /// <exception cref="EpPromoException">A file is no such list.</exception>
    public void Read(IReadOnlyList<string> newColumns)
    {
        if (List is null && Former is not null)
        {
            // A merge writes it only beside the merged file. Who was in that one has codes, and nobody knows which.
            throw Former.Invalid(SR.DetailNoMergedFile, _options.Path);
        }

        using ICsvTableReader? listTable = List?.Open();
        using ICsvTableReader? formerTable = Former?.Open();
        Format = (listTable ?? formerTable)?.Format ?? CsvFormat.Default;
        ExtraColumns =
        [
            .. (listTable?.Columns ?? []).Concat(formerTable?.Columns ?? [])
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(column => !ColumnList.IsSame(column, ColumnList.Code) && newColumns.PositionOf(column) < 0),
        ];
        if (listTable is not null)
        {
            ReadRows(listTable, List!, isFormer: false);
        }

        ListCount = Rows.Count;
        if (formerTable is not null)
        {
            ReadRows(formerTable, Former!, isFormer: true);
        }
    }

    /// <summary>The error about a row.</summary>
    public EpPromoException Invalid(RecordRow row, string reason, string value) =>
        (row.IsFormer ? Former : List)!.Invalid(reason, row.RowNumber, value);

    public void Dispose() => Rows.Dispose();

    private void ReadRows(ICsvTableReader table, RecordFile file, bool isFormer)
    {
        int keyColumn = file.PositionOf(table, _options.Key, SR.DetailNoKeyColumn);
        int codeColumn = file.PositionOf(table, ColumnList.Code, SR.DetailNoCodeColumn);
        int[] extras = [.. ExtraColumns.Select(table.Columns.PositionOf)];
        while (table.Read())
        {
            _onRow(Rows.Count);
            string code = table.Value(codeColumn).Trim();
            if (code.Length == 0)
            {
                throw file.Invalid(SR.DetailRowWithoutCode, table.RowNumber);
            }

            string? key = table.Value(keyColumn);
            if (string.IsNullOrWhiteSpace(key))
            {
                key = isFormer ? null : throw file.Invalid(SR.DetailRowWithoutKey, table.RowNumber, _options.Key);
            }

            RecordRow row = new(
                table.RowNumber, isFormer, key, code, [.. extras.Select(column => column < 0 ? "" : table.Value(column))]);
            Rows.Add(RecipientText.Normalize(key ?? ""), row.ToSpoolRow());
        }
    }
}
