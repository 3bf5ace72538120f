namespace EpPromo.Recipients;

/// <summary>
/// The file of those who have a code but are no longer in the list. Who leaves the list is written here before the merged file is replaced,
/// and who returns is removed here after that: at any moment, one of the two files has each code that was ever given.
/// </summary>
internal sealed class FormerRecipients
{
    private readonly RecipientRecord _record;
    private readonly RecordFile? _list;
    private readonly RecordFile? _former;
    private readonly string _key;
    private readonly TextHasher _hasher;
    private readonly Func<int, bool> _isInList;

    /// <param name="record">Who has which code.</param>
    /// <param name="list">The merged file, or null if there is none yet.</param>
    /// <param name="former">The file as it is, or null if there is none yet.</param>
    /// <param name="key">The column that identifies a recipient.</param>
    /// <param name="hasher">Hashes keys.</param>
    /// <param name="isInList">Whether the recipient of a number is in the new list.</param>
    public FormerRecipients(
        RecipientRecord record, RecordFile? list, RecordFile? former, string key, TextHasher hasher, Func<int, bool> isInList)
    {
        _record = record;
        _list = list;
        _former = former;
        _key = key;
        _hasher = hasher;
        _isInList = isInList;
        Added = Enumerable.Range(0, record.ListCount).Count(number => !isInList(number));
    }

    /// <summary>How many recipients of the merged file are not in the new list.</summary>
    public int Added { get; }

    /// <summary>Whether somebody in the file is in the new list.</summary>
    public bool HasReturned => Rows(_former).Any(row => NumberOf(row) is { } number && _isInList(number));

    /// <summary>Whether nobody is left in the file, once the merged file has those who returned.</summary>
    public bool IsEmpty => Added == 0 && !KeptRows(isListWritten: true).Any();

    /// <summary>Writes the file: the rows of those whom the merged file does not have, then of those whom it had and the new list has not.</summary>
    /// <param name="tables">Writes the file.</param>
    /// <param name="destination">An empty stream.</param>
    /// <param name="isListWritten">Whether the new merged file has replaced the old one, so that those who returned need no row here.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Write(ICsvTables tables, Stream destination, bool isListWritten, CancellationToken cancellationToken)
    {
        string[] columns = [.. ColumnsOf(_former).Concat(ColumnsOf(_list)).Distinct(StringComparer.OrdinalIgnoreCase)];
        using ICsvTableWriter writer = tables.Write(destination, _record.Format, columns);
        Copy(KeptRows(isListWritten), ColumnsOf(_former));
        Copy(MissingRows(), ColumnsOf(_list));

        void Copy(IEnumerable<ICsvTableReader> rows, IReadOnlyList<string> from)
        {
            int[] positions = [.. columns.Select(from.PositionOf)];
            foreach (ICsvTableReader row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Write([.. positions.Select(position => position < 0 ? "" : row.Value(position))]);
            }
        }
    }

    /// <summary>
    /// The rows of former recipients that have to stay. A row without a recipient reserves its code. Who is in the merged file already
    /// returned with an earlier merge, which was interrupted before it removed the row here.
    /// </summary>
    private IEnumerable<ICsvTableReader> KeptRows(bool isListWritten) => Rows(_former).Where(row =>
        NumberOf(row) is not { } number || (number >= _record.ListCount && !(isListWritten && _isInList(number))));

    /// <summary>The rows of the merged file whose recipients are not in the new list. Their numbers are the file's order.</summary>
    private IEnumerable<ICsvTableReader> MissingRows() => Rows(_list).Where((_, number) => !_isInList(number));

    /// <summary>The number of the recipient in a row of the file, or null if it has none.</summary>
    private int? NumberOf(ICsvTableReader row) =>
        row.Value(row.Columns.PositionOf(_key)) is var key && string.IsNullOrWhiteSpace(key) ? null : _record.Keys.Find(_hasher.Of(key));

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
