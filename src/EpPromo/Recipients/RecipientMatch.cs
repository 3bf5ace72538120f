using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>
/// Finds out which recipients of a list have a code, and who of those that have one is not in the list. Works on one partition of the
/// recipients after another, so that it needs no more memory for a longer list.
/// </summary>
internal sealed class RecipientMatch : IDisposable
{
    private readonly MergeOptions _options;
    private readonly RecipientList _list;
    private readonly RecipientRecord _record;
    private readonly MergeNotes _notes;

    /// <param name="options">What the merge is told.</param>
    /// <param name="list">The new list.</param>
    /// <param name="record">Who has which code.</param>
    /// <param name="notes">Receives which rows are left out.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    public RecipientMatch(MergeOptions options, RecipientList list, RecipientRecord record, MergeNotes notes, Func<Stream> newSpool)
    {
        _options = options;
        _list = list;
        _record = record;
        _notes = notes;
        Rows = list.Rows.NewWithSameOrder();
        States = record.Rows.NewWithSameOrder();
        AssignedCodes = new AssignedCodes(record, newSpool);
    }

    /// <summary>The rows of the list, as <see cref="MatchedRow"/>s.</summary>
    public PartitionedRows Rows { get; }

    /// <summary>The <see cref="RecordState"/> of each row of the record, as the number of a row without values.</summary>
    public PartitionedRows States { get; }

    /// <summary>The codes that somebody has.</summary>
    public AssignedCodes AssignedCodes { get; }

    /// <summary>How many recipients of the list get a new code.</summary>
    public int NewCount { get; private set; }

    /// <summary>How many have one.</summary>
    public int KeptCount { get; private set; }

    /// <exception cref="EpPromoException">
    /// The files have a recipient or a code twice, or a row of the list comes with another code than that of its recipient.
    /// </exception>
    public void Run(CancellationToken cancellationToken)
    {
        for (int partition = 0; partition < PartitionedRows.PartitionCount; partition++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Match(partition);
        }

        AssignedCodes.Check(cancellationToken);
    }

    public void Dispose()
    {
        Rows.Dispose();
        States.Dispose();
        AssignedCodes.Dispose();
    }

    private void Match(int partition)
    {
        Dictionary<string, Recipient> recipients = new(StringComparer.Ordinal);
        List<(RecordRow Row, Recipient? Recipient)> recordRows = [];
        foreach (SpoolRow spoolRow in _record.Rows.ReadPartition(partition))
        {
            RecordRow row = RecordRow.From(spoolRow);
            recordRows.Add((row, row.Key is null ? null : AddRecord(recipients, row, row.Key)));
        }

        foreach (SpoolRow row in _list.Rows.ReadPartition(partition))
        {
            Rows.AddTo(partition, Match(recipients, row).ToSpoolRow());
        }

        foreach ((RecordRow row, Recipient? recipient) in recordRows)
        {
            bool isInList = recipient is { Position: > 0 };
            bool isCopy = recipient is not null && !ReferenceEquals(recipient.Record, row);
            States.AddTo(partition, new SpoolRow((long)((isInList ? RecordState.IsInList : 0) | (isCopy ? RecordState.IsCopy : 0))));
            if (!isCopy)
            {
                AssignedCodes.Add(row, isInList);
            }
        }
    }

    private Recipient AddRecord(Dictionary<string, Recipient> recipients, RecordRow row, string key)
    {
        string normalized = RecipientText.Normalize(key);
        if (!recipients.TryGetValue(normalized, out Recipient? recipient))
        {
            recipients.Add(normalized, recipient = new Recipient(row));
        }
        else if (!row.IsFormer || recipient.Record!.IsFormer || !HasCode(row, recipient.Record.Code))
        {
            throw _record.Invalid(row, SR.DetailRecipientRepeated, key.Trim());
        }

        return recipient;
    }

    private MatchedRow Match(Dictionary<string, Recipient> recipients, SpoolRow row)
    {
        string key = _list.KeyOf(row);
        string normalized = RecipientText.Normalize(key);
        if (!recipients.TryGetValue(normalized, out Recipient? recipient))
        {
            recipients.Add(normalized, recipient = new Recipient(null));
        }

        if (recipient.Position > 0)
        {
            _notes.AddRepeated(key.Trim(), recipient.Position, row.Number);
            return new MatchedRow(MatchKind.LeftOut, [], []);
        }

        recipient.Position = row.Number;
        RecordRow? record = recipient.Record;
        if (RecipientList.CodeOf(row) is { Length: > 0 } code && (record is null || !HasCode(record, code)))
        {
            throw new EpPromoException(
                ErrorKind.InvalidArgument, nameof(SR.RecipientHasOtherCode), row.Number, key.Trim(), code, _options.Path);
        }

        string?[] values = RecipientList.ValuesOf(row);
        if (record is null)
        {
            NewCount++;
            return new MatchedRow(MatchKind.New, [], values);
        }

        KeptCount++;
        return new MatchedRow(MatchKind.Kept, [record.Code, .. record.Extras], values);
    }

    private static bool HasCode(RecordRow row, string code) => RecipientText.Normalize(row.Code) == RecipientText.Normalize(code);

    /// <summary>A recipient of the list, or of the files.</summary>
    private sealed class Recipient
    {
        public Recipient(RecordRow? record) => Record = record;

        /// <summary>Their first row in the files, or null if they have no code.</summary>
        public RecordRow? Record { get; }

        /// <summary>The position of their first row in the list; 0 if it does not have them.</summary>
        public long Position { get; set; }
    }
}
