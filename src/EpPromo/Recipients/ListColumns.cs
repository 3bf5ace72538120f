namespace EpPromo.Recipients;

/// <summary>The columns of a list of recipients: those of all its rows, in the order in which they first occur, without that of the codes.</summary>
internal sealed class ListColumns
{
    private readonly string _key;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<string> _lastNames = [];
    private RowLayout? _lastLayout;

    /// <param name="key">The column that identifies a recipient.</param>
    public ListColumns(string key) => _key = key;

    public IReadOnlyList<string> Names => _names;

    /// <summary>The layout of a row with these columns, whose new ones are added. Rows of one table have all the same.</summary>
    public RowLayout LayoutOf(IReadOnlyList<string> names)
    {
        if (_lastLayout is null || (names != _lastNames && !names.SequenceEqual(_lastNames)))
        {
            _lastNames = names;
            _lastLayout = new RowLayout([.. names.Select(PositionOf)], names.PositionOf(_key), names.PositionOf(ColumnList.Code));
        }

        return _lastLayout;
    }

    private int PositionOf(string name)
    {
        if (ColumnList.IsSame(name, ColumnList.Code))
        {
            return -1;
        }

        if (!_positions.TryGetValue(name, out int position))
        {
            _positions[name] = position = _names.Count;
            _names.Add(name);
        }

        return position;
    }
}
