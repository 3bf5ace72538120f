using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// The columns of a file of codes that is not the store's own CSV: the properties of a code, named like those of
/// <see cref="PromotionCode"/>, then the export file's further columns. The kind of the promotion has a column only if it has to be known:
/// rows without one mean rule promotions.
/// </summary>
internal sealed class CodeTable
{
    private static readonly string[] s_properties =
    [
        nameof(PromotionCode.Code), nameof(PromotionCode.MaxUses), nameof(PromotionCode.Uses), nameof(PromotionCode.ConsumeUnit),
        nameof(PromotionCode.CreatedAt), nameof(PromotionCode.PromotionName), nameof(PromotionCode.PromotionId), nameof(PromotionCode.JobId),
        nameof(PromotionCode.Run),
    ];

    private readonly CodeFileOrigin _origin;
    private readonly object?[] _kind;
    private readonly IReadOnlyList<int> _own;
    private readonly int[] _further;

    /// <summary>The columns for an export file with <paramref name="columns"/>.</summary>
    public CodeTable(ExportColumns columns, CodeFileOrigin origin)
    {
        _origin = origin;
        _own = columns.PropertyColumns;
        _further = [.. Enumerable.Range(0, columns.Names.Count).Where(column => !_own.Contains(column))];
        bool hasKind = origin.Kind != PromotionKind.Rule;
        _kind = hasKind ? [origin.Kind.ToString()] : [];
        Names = [.. s_properties, .. hasKind ? [nameof(PromotionCode.Kind)] : Array.Empty<string>(), .. _further.Select(columns.NameInFile)];
    }

    /// <summary>The names of the columns, all different.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// The values of a row, one for each column: texts, whole numbers, a time, or null. A value that cannot be what its column means is the
    /// text of the export file.
    /// </summary>
    public object?[] ValuesOf(ExportRow row)
    {
        PromotionCode code = row.Code;
        return
        [
            code.Text,
            code.MaxUses ?? (object?)Text(row, _own[1]),
            code.Uses ?? (object?)Text(row, _own[2]),
            code.ConsumeUnit,
            code.CreatedAt ?? (object?)Text(row, _own[4]),
            _origin.PromotionName.NullIfEmpty(),
            _origin.PromotionId,
            _origin.JobId.NullIfEmpty(),
            _origin.Run.NullIfEmpty(),
            .. _kind,
            .. _further.Select(column => Text(row, column)),
        ];
    }

    private static string? Text(ExportRow row, int column) => column < 0 ? null : row.Values[column].NullIfEmpty();
}
