using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>
/// The file of those who have a code but are no longer in the list. Who leaves the list is written here before the merged file is replaced,
/// and who returns is removed here after that: at any moment, one of the two files has each code that was ever given.
/// </summary>
internal sealed class FormerRecipients
{
    private readonly RecipientRecord _record;
    private readonly PartitionedRows _states;

    /// <param name="record">Who has which code.</param>
    /// <param name="states">The <see cref="RecordState"/> of each row of it.</param>
    public FormerRecipients(RecipientRecord record, PartitionedRows states)
    {
        _record = record;
        _states = states;
        Added = States(isFormer: false).Count(state => !IsInList(state));
        HasReturned = States(isFormer: true).Any(IsInList);
        IsEmpty = Added == 0 && !States(isFormer: true).Any(state => IsKept(state, isListWritten: true));
    }

    /// <summary>How many recipients of the merged file are not in the new list.</summary>
    public int Added { get; }

    /// <summary>Whether somebody in the file is in the new list.</summary>
    public bool HasReturned { get; }

    /// <summary>Whether nobody is left in the file, once the merged file has those who returned.</summary>
    public bool IsEmpty { get; }

    /// <summary>Writes the file: the rows of those whom the merged file does not have, then of those whom it had and the new list has not.</summary>
    /// <param name="tables">Writes the file.</param>
    /// <param name="destination">An empty stream.</param>
    /// <param name="isListWritten">Whether the new merged file has replaced the old one, so that those who returned need no row here.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Write(ICsvTables tables, Stream destination, bool isListWritten, CancellationToken cancellationToken)
    {
        string[] columns = [.. ColumnsOf(_record.Former).Concat(ColumnsOf(_record.List)).Distinct(StringComparer.OrdinalIgnoreCase)];
        using ICsvTableWriter writer = tables.Write(destination, _record.Format, columns);
        Copy(_record.Former, States(isFormer: true).Select(state => IsKept(state, isListWritten)));
        Copy(_record.List, States(isFormer: false).Select(state => !IsInList(state)));

        void Copy(RecordFile? file, IEnumerable<bool> isCopied)
        {
            int[] positions = [.. columns.Select(ColumnsOf(file).PositionOf)];
            IEnumerable<ICsvTableReader> copied =
                Rows(file).Zip(isCopied, (row, isCopied) => (row, isCopied)).Where(pair => pair.isCopied).Select(pair => pair.row);
            foreach (ICsvTableReader row in copied)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Write([.. positions.Select(position => position < 0 ? "" : row.Value(position))]);
            }
        }
    }

    /// <summary>
    /// Whether the row of a former recipient has to stay. A row without a recipient reserves its code. Who is in the merged file already
    /// returned with an earlier merge, which was interrupted before it removed the row here.
    /// </summary>
    private static bool IsKept(RecordState state, bool isListWritten) =>
        (state & RecordState.IsCopy) == 0 && !(isListWritten && IsInList(state));

    private static bool IsInList(RecordState state) => (state & RecordState.IsInList) != 0;

    /// <summary>The states of the rows of a file, in its order.</summary>
    private IEnumerable<RecordState> States(bool isFormer)
    {
        IEnumerable<RecordState> all = _states.Read().Select(row => (RecordState)row.Number);
        return isFormer ? all.Skip(_record.ListCount) : all.Take(_record.ListCount);
    }

    private static IReadOnlyList<string> ColumnsOf(RecordFile? file)
    {
        using ICsvTableReader? table = file?.Open();
        return table?.Columns ?? [];
    }

    private static IEnumerable<ICsvTableReader> Rows(RecordFile? file)
    {
        if (file is null)
        {
            yield break;
        }

        using ICsvTableReader table = file.Open();
        while (table.Read())
        {
            yield return table;
        }
    }
}
