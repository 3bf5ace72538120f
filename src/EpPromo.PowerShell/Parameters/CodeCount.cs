using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// How many codes an input asks for. The parameter is not mandatory: of a row without it, PowerShell says neither which columns the row has
/// nor what to do.
/// </summary>
internal static class CodeCount
{
    /// <summary>The columns in which a row has the number: the names of the parameter and of its aliases.</summary>
    private static readonly string[] s_columns = ["Count", "NumberOfCodes", nameof(CodeRun.Requested)];

    /// <summary>The number of codes, if there is one.</summary>
    /// <param name="count">The value of the parameter, or null.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="row">The object or row that the promotion came from, or null.</param>
    /// <exception cref="EpPromoException">There is none.</exception>
    public static int Checked(int? count, string parameter, PSObject? row) => count ?? throw Missing(parameter, row);

    private static EpPromoException Missing(string parameter, PSObject? row)
    {
        if (row?.Properties[nameof(CodeRun.Requested)] is { } requested && EmptyValue.Is(requested.Value) && RunsTransformationAttribute.IsRun(row))
        {
            return RunCountUnknown(parameter, row);
        }

        string[] columns = row is null ? [] : InputColumns.Columns(row);
        string? empty = s_columns.FirstOrDefault(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase));
        (string reason, string advice) = empty is not null
            ? (MessageText.Of(SR.DetailEmptyColumn, empty), "")
            : InputColumns.DescribeMissing(row, parameter);
        return new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.CountMissing), reason, parameter, advice);
    }

    /// <summary>The error of a run that was found by its jobs, as it is or from a file, of which they do not show the number.</summary>
    private static EpPromoException RunCountUnknown(string parameter, PSObject row)
    {
        CodeRun run = RunsTransformationAttribute.PartsOf(row)[0];
        string promotion = run.PromotionName.Length == 0 ? run.PromotionId : MessageText.Of(SR.DetailNamedId, run.PromotionName, run.PromotionId);
        object? most = row.Properties[nameof(CodeRun.MaxRequested)]?.Value;
        string atMost = EmptyValue.Is(most) ? "" : MessageText.Of(SR.DetailOnlyAtMost, most);
        return new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RunCountUnknown), run.Name, promotion, atMost, parameter);
    }
}
