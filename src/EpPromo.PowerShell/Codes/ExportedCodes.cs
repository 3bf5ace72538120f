using EpPromo.Codes;

namespace EpPromo.PowerShell.Codes;

/// <summary>The rows of an export file as objects: codes that have the file's further columns as properties, too.</summary>
internal sealed class ExportedCodes
{
    private IReadOnlyList<int>? _columns;
    private Func<ExportRow, PromotionCode> _create = row => new PromotionCode(row);

    /// <summary>The object for a row.</summary>
    public PromotionCode Create(ExportRow row)
    {
        // Nearly always the list of the row before.
        IReadOnlyList<int> columns = row.FurtherColumns;
        if (columns != _columns)
        {
            _create = ExportedCodeType.CreatorFor([.. columns.Select(column => new KeyValuePair<int, string>(column, row.Columns.Names[column]))]);
            _columns = columns;
        }

        return _create(row);
    }
}
