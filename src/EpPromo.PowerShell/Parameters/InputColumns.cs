using System.Data;
using System.Globalization;
using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Compares the columns of a row with the parameters of a cmdlet.</summary>
internal static class InputColumns
{
    private const string AnySet = "__AllParameterSets";

    /// <summary>Columns of tables of our own objects.</summary>
    private static readonly HashSet<string> s_ownColumns = NamesOf(typeof(Promotion), typeof(PromotionJob), typeof(CodeRun), typeof(PromotionRun));

    private static readonly HashSet<string> s_codeColumns = NamesOf(typeof(PromotionCode), typeof(PromotionUsage));

    /// <summary>
    /// A warning that names the columns of <paramref name="row"/> that match no parameter, and the parameters that have no column. Null if
    /// there are none of the one or the other, and for our own objects.
    /// </summary>
    public static string? Warning(PSObject row, InvocationInfo invocation, string parameterSet)
    {
        string[] columns = Columns(row);
        ParameterMetadata[] accepted = [.. invocation.MyCommand.Parameters.Values.Where(parameter => Accepts(parameter, parameterSet))];
        HashSet<string> names = new(accepted.SelectMany(Names), StringComparer.OrdinalIgnoreCase);
        HashSet<string> own = columns.Contains(nameof(PromotionCode.Code), StringComparer.OrdinalIgnoreCase) ? s_codeColumns : s_ownColumns;
        string[] unknown = [.. columns.Where(column => !names.Contains(column) && !own.Contains(column))];
        string[] missing =
        [
            .. accepted
                .Where(parameter => !invocation.BoundParameters.ContainsKey(parameter.Name)
                    && !Names(parameter).Any(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase)))
                .Select(parameter => parameter.Name)
                .OrderBy(name => name, StringComparer.Ordinal),
        ];
        return unknown.Length == 0 || missing.Length == 0
            ? null
            : string.Format(CultureInfo.InvariantCulture, SR.WarningUnknownColumns, DisplayText.Clean(string.Join(", ", unknown)), string.Join(", ", missing));
    }

    /// <summary>What a row that names no promotion consists of, as part of a message.</summary>
    /// <param name="row">The row; null for an empty value.</param>
    public static string Describe(PSObject? row) => row is null || Columns(row) is not { Length: > 0 } columns
        ? SR.DetailEmptyPromotion
        : Describe(columns);

    /// <summary>Which columns a row has, as part of a message.</summary>
    public static string Describe(string[] columns) => MessageText.Of(SR.DetailColumns, DisplayText.Clean(string.Join(", ", columns)));

    /// <summary>Why an input gives no value of a parameter, as parts of a message and of its recommended action.</summary>
    /// <param name="row">The row that has no such column; null if there is no row.</param>
    /// <param name="parameter">The name of the parameter.</param>
    public static (string Reason, string Advice) DescribeMissing(PSObject? row, string parameter) =>
        row is null || Columns(row) is not { Length: > 0 } columns ? (MessageText.Of(SR.DetailParameterMissing, parameter), "")
        : (Describe(columns), columns.Length == 1 ? SR.DetailOneColumn : "");

    /// <summary>The columns of a row of a table; none of any other object, such as a file or a text, whose properties mean nothing here.</summary>
    public static string[] Columns(PSObject row)
    {
        row = row.BaseObject is DataRowView view ? PSObject.AsPSObject(view.Row) : row;
        bool isRow = row.BaseObject is PSCustomObject or DataRow;
        bool isOwn = row.TypeNames.Any(name => name.StartsWith("EpPromo.", StringComparison.Ordinal)
            || name.StartsWith("Deserialized.EpPromo.", StringComparison.Ordinal));
        return !isRow || isOwn
            ? []
            : [.. row.Properties.Select(property => property.Name).Where(name => row.BaseObject.GetType().GetProperty(name) is null)];
    }

    private static bool Accepts(ParameterMetadata parameter, string parameterSet) =>
        (parameter.ParameterSets.TryGetValue(parameterSet, out ParameterSetMetadata set) || parameter.ParameterSets.TryGetValue(AnySet, out set))
        && set.ValueFromPipelineByPropertyName;

    private static IEnumerable<string> Names(ParameterMetadata parameter) => parameter.Aliases.Append(parameter.Name);

    private static HashSet<string> NamesOf(params Type[] types) =>
        new(types.SelectMany(type => type.GetProperties()).Select(property => property.Name), StringComparer.OrdinalIgnoreCase);
}
