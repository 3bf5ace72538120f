namespace EpPromo.Recipients;

/// <summary>
/// Who has which code: the recipients in the file that an earlier merge wrote, and after them those in the file of former recipients.
/// A recipient and their code have the same number.
/// </summary>
internal sealed class RecipientRecord
{
    private readonly string _key;
    private readonly TextHasher _hasher;
    private readonly Action<int> _onRow;

    /// <summary>The code of each recipient, then the values of <see cref="ExtraColumns"/>.</summary>
    private readonly PackedRows _rows = new();

    /// <summary>Codes of rows without a recipient: somebody was removed from the file, but their code must not be given to another.</summary>
    private readonly List<TextHash> _reserved = [];

    /// <param name="key">The column that identifies a recipient.</param>
    /// <param name="hasher">Hashes keys and codes.</param>
    /// <param name="onRow">Callback: is told after each row how many recipients were read. What it throws ends the reading.</param>
    public RecipientRecord(string key, TextHasher hasher, Action<int> onRow)
    {
        _key = key;
        _hasher = hasher;
        _onRow = onRow;
    }

    /// <summary>The recipients.</summary>
    public HashIndex Keys { get; } = new();

    /// <summary>Their codes, then codes without a recipient.</summary>
    public HashIndex Codes { get; } = new();

    /// <summary>How many recipients there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them the merged file has; the others are former recipients.</summary>
    public int ListCount { get; private set; }

    /// <summary>The columns of the files that the new list does not have. Their values are kept: another program may have added them.</summary>
    public IReadOnlyList<string> ExtraColumns { get; private set; } = [];

    /// <summary>How the files are written; the merged file decides.</summary>
    public CsvFormat Format { get; private set; } = CsvFormat.Default;

    /// <summary>Reads the files.</summary>
    /// <param name="listPath">The path of the merged file, for messages.</param>
    /// <param name="list">The merged file, or null if there is none yet.</param>
    /// <param name="former">The file of former recipients, or null.</param>
    /// <param name="newColumns">The columns of the new list.</param>
    /// <exception cref="EpPromoException">A file is no such list, or a recipient or a code is in it twice.</exception>
    public void Read(string listPath, RecordFile? list, RecordFile? former, IReadOnlyList<string> newColumns)
    {
        if (list is null && former is not null)
        {
            // A merge writes it only beside the merged file. Who was in that one has codes, and nobody knows which.
            throw former.Invalid(SR.DetailNoMergedFile, listPath);
        }

        using ICsvTableReader? listTable = list?.Open();
        using ICsvTableReader? formerTable = former?.Open();
        Format = (listTable ?? formerTable)?.Format ?? CsvFormat.Default;
        ExtraColumns =
        [
            .. (listTable?.Columns ?? []).Concat(formerTable?.Columns ?? [])
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(column => !ColumnList.IsSame(column, ColumnList.Code) && newColumns.PositionOf(column) < 0),
        ];
        if (listTable is not null)
        {
            ReadRows(listTable, list!, isFormer: false);
        }

        ListCount = Keys.Count;
        if (formerTable is not null)
        {
            ReadRows(formerTable, former!, isFormer: true);
        }

        Count = Keys.Count;
        foreach (TextHash code in _reserved)
        {
            Codes.Add(code, out _);
        }
    }

    /// <summary>The code of a recipient.</summary>
    public string CodeOf(int number) => _rows.Get(number)[0];

    /// <summary>The code of a recipient, then their values in <see cref="ExtraColumns"/>.</summary>
    public string[] ValuesOf(int number) => _rows.Get(number);

    private void ReadRows(ICsvTableReader table, RecordFile file, bool isFormer)
    {
        int key = file.PositionOf(table, _key, SR.DetailNoKeyColumn);
        int code = file.PositionOf(table, ColumnList.Code, SR.DetailNoCodeColumn);
        int[] extras = [.. ExtraColumns.Select(column => table.Columns.PositionOf(column))];
        while (table.Read())
        {
            _onRow(Keys.Count);
            string codeText = table.Value(code).Trim();
            if (codeText.Length == 0)
            {
                throw file.Invalid(SR.DetailRowWithoutCode, table.RowNumber);
            }

            TextHash codeHash = _hasher.Of(codeText);
            string keyText = table.Value(key);
            if (string.IsNullOrWhiteSpace(keyText))
            {
                _reserved.Add(isFormer ? codeHash : throw file.Invalid(SR.DetailRowWithoutKey, table.RowNumber, _key));
                continue;
            }

            if (!Keys.Add(_hasher.Of(keyText), out int number))
            {
                // Somebody who returned stays among the former recipients until the next merge, with the same code.
                if (!isFormer || number >= ListCount || Codes.Find(codeHash) != number)
                {
                    throw file.Invalid(SR.DetailRecipientRepeated, table.RowNumber, keyText.Trim());
                }
            }
            else if (!Codes.Add(codeHash, out _))
            {
                throw file.Invalid(SR.DetailCodeRepeated, table.RowNumber, codeText);
            }
            else
            {
                _rows.Add([codeText, .. extras.Select(column => column < 0 ? "" : table.Value(column))]);
            }
        }
    }
}
