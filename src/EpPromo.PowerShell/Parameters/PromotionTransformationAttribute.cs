using System.Collections;
using System.Management.Automation;
using EpPromo.Api;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Converts names, ids, promotions, jobs, runs, codes and rows of tables to <see cref="PromotionReference"/>. An empty item stays an empty
/// reference, so that only this one is an error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PromotionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The column in which a row has the id of its promotion.</summary>
    private const string IdColumn = "PromotionId";

    private const string StoreColumn = "Store";

    private const string KindColumn = "Kind";

    /// <summary>The columns in which a row has the name of its promotion, or the promotion itself; the first one counts.</summary>
    private static readonly string[] s_nameColumns = ["Promotion", "PromotionName"];

    /// <summary>
    /// Whether the command has a parameter for runs, to which runs in the pipeline are to bind. Runs are then left as they are, which is no
    /// valid argument. An exception would end the binding, so that the other parameter would not be tried.
    /// </summary>
    public bool ExceptRuns { get; set; }

    /// <summary>
    /// Whether a text in the pipeline is to bind to another parameter first, because it is the name of a run. PowerShell itself converts the
    /// text of an argument (<see cref="PromotionReference.Parse"/>), but not that of the pipeline while another parameter takes it as it is.
    /// </summary>
    public bool ExceptTexts { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Unwrapped(inputData) is null)
        {
            return null;
        }

        if (ExceptTexts && EmptyValue.Unwrapped(inputData) is string && !EmptyValue.Is(inputData))
        {
            return inputData;
        }

        IEnumerable items = EmptyValue.Unwrapped(inputData) is not string && LanguagePrimitives.GetEnumerable(inputData) is { } list
            ? list
            : new[] { inputData };
        object?[] all = [.. items.Cast<object?>()];
        return ExceptRuns && all.Any(RunsTransformationAttribute.IsRun) ? inputData : all.SelectMany(ReferencesTo).ToArray();
    }

    /// <summary>The reference in <paramref name="item"/>, which is not a list.</summary>
    public static PromotionReference ReferenceTo(object? item) => EmptyValue.Is(item) ? new("") : EmptyValue.Unwrapped(item) switch
    {
        PromotionReference reference => reference,
        string text => new(text.Trim()),
        Promotion promotion => new(promotion.PromotionId) { IsId = true, Promotion = promotion, Origin = promotion.Origin, Row = RowOf(item) },
        PromotionJob job => OfObject(job.PromotionId, job.Origin, item),
        CodeRun run => OfObject(run.PromotionId, run.Origin, item),
        PromotionUsage usage => OfObject(usage.PromotionId, usage.Origin, item),
        PromotionCode code => OfObject(code.PromotionId, code.Origin, item),
        _ => OfRow(PSObject.AsPSObject(item)),
    };

    /// <summary>The references in <paramref name="item"/>: a run is on several promotions.</summary>
    private static IEnumerable<PromotionReference> ReferencesTo(object? item) =>
        EmptyValue.Unwrapped(item) is PromotionRun run ? run.Parts.Select(ReferenceTo) : [ReferenceTo(item)];

    private static PromotionReference OfObject(string promotionId, IStoreReference? origin, object? item) =>
        new(promotionId) { IsId = true, Origin = origin, Row = RowOf(item) };

    private static PromotionReference OfRow(PSObject row)
    {
        (object? name, object? kind) = (Value(row, StoreColumn), Value(row, KindColumn));
        NamedStore? store = name is null && kind is null ? null : new NamedStore(name?.ToString(), kind?.ToString());
        if (Value(row, IdColumn) is { } id)
        {
            // PromotionName is not compared: rows of our own objects have it, and the promotion may have another name since.
            string? nameInRow = Value(row, s_nameColumns[0]) is { } given ? ReferenceTo(given).Text : null;
            return new(IdsTransformationAttribute.Text(id)) { IsId = true, NameInRow = nameInRow, Origin = store, Row = row };
        }

        foreach (string column in s_nameColumns)
        {
            if (Value(row, column) is { } value)
            {
                PromotionReference promotion = ReferenceTo(value);
                return new(promotion.Text)
                {
                    IsId = promotion.IsId, Promotion = promotion.Promotion, Origin = promotion.Origin ?? store, Row = row,
                };
            }
        }

        // A value such as a UUID or a number stands for itself. A row without these columns stands for no promotion.
        return row.BaseObject is ValueType ? new(LanguagePrimitives.ConvertTo<string>(row)) : new("") { Row = row };
    }

    /// <summary>The value of a column, or null if it is empty or missing.</summary>
    private static object? Value(PSObject row, string column) =>
        row.Properties[column]?.Value is { } value && !EmptyValue.Is(value) ? EmptyValue.Unwrapped(value) : null;

    private static PSObject RowOf(object? item) => PSObject.AsPSObject(item);
}
