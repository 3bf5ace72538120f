namespace EpPromo.Recipients;

/// <summary>
/// Gives each recipient of a list exactly one code. Who had one keeps it, and no code is given twice (docs/guarantees.md, "One recipient,
/// one code"). Holds hashes of the recipients and the codes in memory, and the rows on streams.
/// </summary>
/// <remarks>In this order: <see cref="Add"/> for each row, <see cref="EndList"/>, <see cref="Offer"/> for each code, then the rest.</remarks>
internal sealed class RecipientMerge : IDisposable
{
    private readonly MergeOptions _options;
    private readonly ICsvTables _tables;
    private readonly Func<Stream> _newSpool;
    private readonly RecordFile? _listFile;
    private readonly RecordFile? _formerFile;
    private readonly TextHasher _hasher = new();
    private readonly RecipientRecord _record;
    private readonly ListColumns _columns;
    private readonly RowSpool _rows;
    private FreeCodes? _codes;

    /// <summary>Of each recipient, by number, the position of their row in the list; 0 if the list does not have them.</summary>
    private readonly List<int> _positions = [];

    /// <param name="options">What the merge is told.</param>
    /// <param name="tables">Reads and writes CSV files.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    /// <param name="list">The merged file as it is, or null if there is none yet.</param>
    /// <param name="former">The file of former recipients as it is, or null.</param>
    /// <param name="onRecordRow">
    /// Callback: while the first row is added, is told how many recipients of the files were read. What it throws ends the merge.
    /// </param>
    public RecipientMerge(
        MergeOptions options, ICsvTables tables, Func<Stream> newSpool, Stream? list, Stream? former, Action<int> onRecordRow)
    {
        _options = options;
        _tables = tables;
        _newSpool = newSpool;
        _listFile = list is null ? null : new RecordFile(tables, options.Path, list);
        _formerFile = former is null ? null : new RecordFile(tables, options.FormerPath, former);
        _record = new RecipientRecord(options.Key, _hasher, onRecordRow);
        _columns = new ListColumns(options.Key);
        _rows = new RowSpool(newSpool());
    }

    /// <summary>How many rows the list has had so far, with those that are left out.</summary>
    public int RowCount { get; private set; }

    /// <summary>How many recipients it has.</summary>
    public int RecipientCount => _rows.Count;

    /// <summary>How many of them get a new code.</summary>
    public int NewCount { get; private set; }

    /// <summary>How many different free codes were offered.</summary>
    public int FreeCodeCount => _codes?.Count ?? 0;

    /// <summary>What should be said about the list.</summary>
    public MergeNotes Notes { get; } = new();

    /// <summary>Those who are no longer in the list; known after <see cref="EndList"/>.</summary>
    public FormerRecipients Former { get; private set; } = null!;

    /// <summary>Adds a row of the list. An empty row is left out, and so is, with a note, a recipient who was added before.</summary>
    /// <param name="names">The names of its columns.</param>
    /// <param name="values">Its values, one for each column.</param>
    /// <exception cref="EpPromoException">
    /// The row has no key (<c>RecipientKeyMissing</c>; the merge can go on without it), or the list or the merged file is invalid.
    /// </exception>
    public void Add(IReadOnlyList<string> names, string[] values)
    {
        RowCount++;
        RowLayout layout = _columns.LayoutOf(names);
        if (RowCount == 1)
        {
            Begin(layout, names);
        }

        string key = layout.Key < 0 ? "" : values[layout.Key];
        if (string.IsNullOrWhiteSpace(key))
        {
            if (values.All(string.IsNullOrWhiteSpace))
            {
                // A spreadsheet leaves such rows at the end of a table.
                return;
            }

            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RecipientKeyMissing), RowCount, _options.Key);
        }

        if (_record.Keys.Add(_hasher.Of(key), out int number))
        {
            _positions.Add(0);
        }

        if (_positions[number] > 0)
        {
            Notes.AddRepeated(key.Trim(), _positions[number], RowCount);
            return;
        }

        if (layout.Code >= 0)
        {
            CheckCode(key, values[layout.Code].Trim(), number);
        }

        NewCount += number >= _record.Count ? 1 : 0;
        _positions[number] = RowCount;
        _rows.Add(number, Arrange(values, layout));
    }

    /// <summary>The list is complete.</summary>
    public void EndList()
    {
        _codes = new FreeCodes(_record.Codes, _hasher, NewCount, _newSpool());
        Former = new FormerRecipients(_record, _listFile, _formerFile, _options.Key, _hasher, number => _positions[number] > 0);
    }

    /// <summary>Offers a code for a new recipient.</summary>
    public void Offer(string code) => _codes!.Offer(code);

    /// <summary>Checks that all new recipients get a code.</summary>
    /// <exception cref="EpPromoException">There are too few codes.</exception>
    public void CheckCodes()
    {
        if (FreeCodeCount < NewCount)
        {
            throw new EpPromoException(ErrorKind.LimitExceeded, nameof(SR.TooFewCodes), NewCount, FreeCodeCount, NewCount - FreeCodeCount);
        }
    }

    /// <summary>How many recipients keep a code that was not offered, although others were.</summary>
    public int CountForeignCodes() => _codes!.Offered == 0
        ? 0
        : Enumerable.Range(0, _record.Count).Count(number => _positions[number] > 0 && !_codes.HasOffered(number));

    /// <summary>
    /// Writes the files. In this order, one of them has each code that was ever given, at whatever moment the process is killed: who leaves the
    /// list is written to the file of former recipients first, and who returns is removed from it last.
    /// </summary>
    public async Task WriteAsync(IMergeTarget target, CancellationToken cancellationToken)
    {
        bool hasReturned = Former.HasReturned;
        if (Former.Added > 0)
        {
            await WriteFormerAsync(isListWritten: false);
        }

        await target.WriteListAsync(stream => WriteList(stream, cancellationToken), cancellationToken);
        if (hasReturned && Former.IsEmpty)
        {
            target.RemoveFormer();
        }
        else if (hasReturned)
        {
            await WriteFormerAsync(isListWritten: true);
        }

        Task WriteFormerAsync(bool isListWritten) =>
            target.WriteFormerAsync(stream => Former.Write(_tables, stream, isListWritten, cancellationToken), cancellationToken);
    }

    /// <summary>The rows of the merged file, in the order of the list.</summary>
    public IEnumerable<MergedRow> Rows()
    {
        string[] columns = MergedColumns();
        int code = _columns.Names.Count;
        int[] extras = [.. _columns.Names.Select(_record.ExtraColumns.PositionOf)];
        int[] extrasAtEnd = [.. columns.Skip(code + 1).Select(_record.ExtraColumns.PositionOf)];
        string[] values = new string[columns.Length];
        using IEnumerator<string> newCodes = _codes!.Read().GetEnumerator();
        foreach ((int number, string?[] row) in _rows.Read())
        {
            bool isNew = number >= _record.Count;
            string[] old = isNew ? [] : _record.ValuesOf(number);
            for (int i = 0; i < code; i++)
            {
                values[i] = (i < row.Length ? row[i] : null) ?? Extra(old, extras[i]);
            }

            values[code] = isNew ? Next(newCodes) : old[0];
            for (int i = 0; i < extrasAtEnd.Length; i++)
            {
                values[code + 1 + i] = Extra(old, extrasAtEnd[i]);
            }

            yield return new MergedRow(columns, values, isNew);
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _codes?.Dispose();
        _hasher.Dispose();
    }

    private void WriteList(Stream destination, CancellationToken cancellationToken)
    {
        using ICsvTableWriter writer = _tables.Write(destination, _record.Format, MergedColumns());
        foreach (MergedRow row in Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(row.Values);
        }
    }

    private void Begin(RowLayout layout, IReadOnlyList<string> names)
    {
        if (layout.Key < 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.KeyColumnMissing), _options.Key, string.Join(", ", names));
        }

        _record.Read(_options.Path, _listFile, _formerFile, names);
        _positions.AddRange(Enumerable.Repeat(0, _record.Count));
    }

    /// <summary>A row that has a code already comes from a merged file: giving its recipient another one would move them.</summary>
    private void CheckCode(string key, string code, int number)
    {
        if (code.Length > 0 && (number >= _record.Count || _hasher.Of(code) != _hasher.Of(_record.CodeOf(number))))
        {
            throw new EpPromoException(
                ErrorKind.InvalidArgument, nameof(SR.RecipientHasOtherCode), RowCount, key.Trim(), code, _options.Path);
        }
    }

    /// <summary>The values in the order of the list's columns, without the code.</summary>
    private string?[] Arrange(string[] values, RowLayout layout)
    {
        string?[] row = new string?[_columns.Names.Count];
        for (int i = 0; i < layout.Targets.Length; i++)
        {
            if (layout.Targets[i] >= 0)
            {
                row[layout.Targets[i]] = values[i];
                Notes.CheckFormula(values[i]);
            }
        }

        return row;
    }

    private string[] MergedColumns() =>
    [
        .. _columns.Names,
        ColumnList.Code,
        .. _record.ExtraColumns.Where(column => _columns.Names.PositionOf(column) < 0),
    ];

    private static string Extra(string[] old, int position) => position >= 0 && position + 1 < old.Length ? old[position + 1] : "";

    private static string Next(IEnumerator<string> codes) =>
        codes.MoveNext() ? codes.Current : throw new InvalidOperationException("CheckCodes has not been called.");
}
