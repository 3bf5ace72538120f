using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>
/// Gives each recipient of a list exactly one code. Who had one keeps it, and no code is given twice (docs/guarantees.md, "One recipient,
/// one code"). The rows and codes are on temporary streams, so that a longer list needs no more memory.
/// </summary>
/// <remarks>
/// In this order: <see cref="Add"/> for each row, <see cref="EndList"/>, <see cref="Offer"/> for each code, <see cref="EndCodes"/>, then
/// the rest.
/// </remarks>
internal sealed class RecipientMerge : IDisposable
{
    private readonly MergeOptions _options;
    private readonly ICsvTables _tables;
    private readonly Func<Stream> _newSpool;
    private readonly RecipientRecord _record;
    private readonly RecipientList _list;
    private RecipientMatch? _match;
    private FreeCodes? _codes;

    /// <param name="options">What the merge is told.</param>
    /// <param name="tables">Reads and writes CSV files.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    /// <param name="list">The merged file as it is, or null if there is none yet.</param>
    /// <param name="former">The file of former recipients as it is, or null.</param>
    /// <param name="onRecordRow">
    /// Callback: while the first row is added, is told how many rows of the files were read. What it throws ends the merge.
    /// </param>
    public RecipientMerge(
        MergeOptions options, ICsvTables tables, Func<Stream> newSpool, Stream? list, Stream? former, Action<int> onRecordRow)
    {
        _options = options;
        _tables = tables;
        _newSpool = newSpool;
        RecordFile? listFile = list is null ? null : new RecordFile(tables, options.Path, list);
        RecordFile? formerFile = former is null ? null : new RecordFile(tables, options.FormerPath, former);
        _record = new RecipientRecord(options, listFile, formerFile, newSpool, onRecordRow);
        _list = new RecipientList(options.Key, newSpool);
    }

    /// <summary>How many rows the list has had so far, with those that are left out.</summary>
    public int RowCount { get; private set; }

    /// <summary>Whether a row has had a recipient.</summary>
    public bool HasRecipients => _list.Rows.Count > 0;

    /// <summary>How many recipients the list has; known after <see cref="EndList"/>, as all that follows.</summary>
    public int RecipientCount => NewCount + KeptCount;

    /// <summary>How many of them get a new code.</summary>
    public int NewCount => _match!.NewCount;

    /// <summary>How many of them keep theirs.</summary>
    public int KeptCount => _match!.KeptCount;

    /// <summary>How many codes were offered, whether or not they are free.</summary>
    public int OfferedCount => _codes!.Offered;

    /// <summary>What should be said about the list.</summary>
    public MergeNotes Notes { get; } = new();

    /// <summary>Those who are no longer in the list.</summary>
    public FormerRecipients Former { get; private set; } = null!;

    /// <summary>Adds a row of the list. An empty row is left out.</summary>
    /// <param name="names">The names of its columns.</param>
    /// <param name="values">Its values, one for each column.</param>
    /// <exception cref="EpPromoException">
    /// The row has no key (<c>RecipientKeyMissing</c>; the merge can go on without it), or the merged file is invalid.
    /// </exception>
    public void Add(IReadOnlyList<string> names, string[] values)
    {
        RowCount++;
        RowLayout layout = _list.LayoutOf(names);
        if (RowCount == 1)
        {
            // A column that a later row adds is one of the list's own, too.
            _record.Read(layout.Key >= 0 ? names : throw NoKeyColumn(names));
        }

        string key = layout.Key < 0 ? "" : values[layout.Key];
        if (!string.IsNullOrWhiteSpace(key))
        {
            Notes.CheckFormulas(values);
            _list.Add(RowCount, key, values, layout);
        }
        else if (!values.All(string.IsNullOrWhiteSpace))
        {
            // Only an empty row may have no key: a spreadsheet leaves such rows at the end of a table.
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RecipientKeyMissing), RowCount, _options.Key);
        }
    }

    /// <summary>The list is complete: finds out who has a code. A recipient who is in the list again is left out, with a note.</summary>
    /// <exception cref="EpPromoException">
    /// The merged file is invalid, or a row of the list comes with another code than that of its recipient.
    /// </exception>
    public void EndList(CancellationToken cancellationToken)
    {
        _match = new RecipientMatch(_options, _list, _record, Notes, _newSpool);
        _match.Run(cancellationToken);
        _list.Dispose();
        Former = new FormerRecipients(_record, _match.States);
        _codes = new FreeCodes(_match.AssignedCodes, _newSpool);
    }

    /// <summary>Offers a code for a new recipient.</summary>
    public void Offer(string code) => _codes!.Offer(code);

    /// <summary>All codes were offered: checks that all new recipients get one.</summary>
    /// <exception cref="EpPromoException">There are too few codes.</exception>
    public void EndCodes(CancellationToken cancellationToken)
    {
        _codes!.Find(cancellationToken);
        if (_codes.Count < NewCount)
        {
            throw new EpPromoException(ErrorKind.LimitExceeded, nameof(SR.TooFewCodes), NewCount, _codes.Count, NewCount - _codes.Count);
        }
    }

    /// <summary>How many recipients keep a code that was not offered, although others were.</summary>
    public int CountForeignCodes() => OfferedCount == 0 ? 0 : _codes!.ForeignCount;

    /// <summary>
    /// Writes the files. In this order, one of them has each code that was ever given, at whatever moment the process is killed: who leaves the
    /// list is written to the file of former recipients first, and who returns is removed from it last.
    /// </summary>
    public async Task WriteAsync(IMergeTarget target, CancellationToken cancellationToken)
    {
        if (Former.Added > 0)
        {
            await WriteFormerAsync(isListWritten: false);
        }

        await target.WriteListAsync(stream => WriteList(stream, cancellationToken), cancellationToken);
        if (Former.HasReturned && Former.IsEmpty)
        {
            target.RemoveFormer();
        }
        else if (Former.HasReturned)
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
        int code = _list.Columns.Count;
        int[] extras = [.. columns.Select(_record.ExtraColumns.PositionOf)];
        string[] values = new string[columns.Length];
        using IEnumerator<string> newCodes = _codes!.Read().GetEnumerator();
        foreach (SpoolRow spoolRow in _match!.Rows.Read())
        {
            MatchedRow row = MatchedRow.From(spoolRow, oldLength: 1 + _record.ExtraColumns.Count);
            if (row.Kind == MatchKind.LeftOut)
            {
                continue;
            }

            bool isNew = row.Kind == MatchKind.New;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = i == code
                    ? isNew ? Next(newCodes) : row.Old[0]!
                    : (i < row.Values.Length ? row.Values[i] : null) ?? (isNew || extras[i] < 0 ? "" : row.Old[1 + extras[i]]!);
            }

            yield return new MergedRow(columns, values, isNew);
        }
    }

    public void Dispose()
    {
        _list.Dispose();
        _record.Dispose();
        _match?.Dispose();
        _codes?.Dispose();
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

    private EpPromoException NoKeyColumn(IEnumerable<string> names) =>
        new(ErrorKind.InvalidArgument, nameof(SR.KeyColumnMissing), _options.Key, string.Join(", ", names));

    private string[] MergedColumns() =>
    [
        .. _list.Columns,
        ColumnList.Code,
        .. _record.ExtraColumns.Where(column => _list.Columns.PositionOf(column) < 0),
    ];

    private static string Next(IEnumerator<string> codes) =>
        codes.MoveNext() ? codes.Current : throw new InvalidOperationException("EndCodes has not been called.");
}
