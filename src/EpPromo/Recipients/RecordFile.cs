using EpPromo.Text;

namespace EpPromo.Recipients;

/// <summary>A file that records who has which code. It can be read several times.</summary>
internal sealed class RecordFile
{
    private readonly ICsvTables _tables;
    private readonly string _path;
    private readonly Stream _content;

    /// <param name="tables">Reads CSV files.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="content">Its content, which can seek.</param>
    public RecordFile(ICsvTables tables, string path, Stream content)
    {
        _tables = tables;
        _path = path;
        _content = content;
    }

    /// <summary>Starts to read it.</summary>
    /// <exception cref="EpPromoException">It is not CSV with a header row.</exception>
    public ICsvTableReader Open()
    {
        _content.Position = 0;
        return _tables.Read(_content, Error);
    }

    /// <summary>The position of a column that the file must have.</summary>
    /// <param name="table">The file.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="missing">What is wrong if it does not have it.</param>
    /// <exception cref="EpPromoException">It does not have it.</exception>
    public int PositionOf(ICsvTableReader table, string column, string missing) =>
        table.Columns.PositionOf(column) is >= 0 and int position ? position : throw Invalid(missing, column);

    /// <summary>The error for a file that is not a list of recipients with codes.</summary>
    public EpPromoException Invalid(string reason, params object[] arguments) => Error(MessageText.Of(reason, arguments));

    private EpPromoException Error(string reason) => new(ErrorKind.File, nameof(SR.BadRecipientFile), _path, reason);
}
