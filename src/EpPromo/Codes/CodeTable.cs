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
    private readonly ExportColumns _columns;
    private readonly int[] _further;

    /// <summary>The columns for an export file with <paramref name="columns"/>.</summary>
    public CodeTable(ExportColumns columns, CodeFileOrigin origin)
    {
        _origin = origin;
        _columns = columns;
        int[] own = [columns.Code, columns.MaxUses, columns.Uses, columns.ConsumeUnit, columns.CreatedAt];
        _further = [.. Enumerable.Range(0, columns.Names.Count).Except(own)];
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
    public object?[] ValuesOf(ExportRow row) =>
    [
        row.Text,
        row.MaxUses ?? (object?)row.Value(_columns.MaxUses).NullIfEmpty(),
        row.Uses ?? (object?)row.Value(_columns.Uses).NullIfEmpty(),
        row.ConsumeUnit,
        row.CreatedAt ?? (object?)row.Value(_columns.CreatedAt).NullIfEmpty(),
        _origin.PromotionName.NullIfEmpty(),
        _origin.PromotionId,
        _origin.JobId.NullIfEmpty(),
        _origin.Run.NullIfEmpty(),
        .. _kind,
        .. _further.Select(column => row.Value(column).NullIfEmpty()),
    ];
}
