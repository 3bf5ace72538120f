using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Checks a row that is piped to Connect-EpStore. What is ignored in it could select another store than the row describes.</summary>
internal static class StoreRow
{
    private const string ReadOnly = "ReadOnly";

    /// <summary>
    /// Throws unless some of the row's columns are parameters, all of these could be read, and no misspelled one says that the store is
    /// read-only.
    /// </summary>
    /// <exception cref="EpPromoException">It is not a row of a table of stores, or one of its columns would be ignored.</exception>
    public static void Check(PSObject row, InvocationInfo invocation)
    {
        if (!invocation.ExpectingInput)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RowNotPiped));
        }

        ParameterMetadata[] parameters = [.. invocation.MyCommand.Parameters.Values.Where(IsColumn)];
        Dictionary<string, string> known = parameters
            .SelectMany(parameter => parameter.Aliases.Append(parameter.Name), (parameter, column) => (parameter.Name, column))
            .ToDictionary(pair => pair.column, pair => pair.Name, StringComparer.OrdinalIgnoreCase);
        string[] columns = [.. row.Properties.Select(property => property.Name)];
        if (!columns.Any(known.ContainsKey))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.StoreNotInInput), string.Join(", ", columns));
        }

        if (columns.FirstOrDefault(column => !known.ContainsKey(column) && LooksLikeReadOnly(column)) is { } misspelled)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.ReadOnlyColumnMisspelled), misspelled);
        }

        // PowerShell ignores what it cannot convert, such as a secret in plain text, and would take the credentials of the environment.
        if (columns.FirstOrDefault(column => known.TryGetValue(column, out string name)
            && !invocation.BoundParameters.ContainsKey(name) && !EmptyValue.Is(row.Properties[column].Value)) is { } ignored)
        {
            throw new EpPromoException(
                ErrorKind.InvalidArgument, nameof(SR.ColumnNotRead), ignored, invocation.MyCommand.Parameters[known[ignored]].ParameterType.Name);
        }
    }

    private static bool IsColumn(ParameterMetadata parameter) => parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName);

    /// <summary>For example <c>Read Only</c>, <c>read_only</c> or <c>IsReadOnly</c>.</summary>
    private static bool LooksLikeReadOnly(string column) =>
        string.Concat(column.Where(char.IsLetter)).IndexOf(ReadOnly, StringComparison.OrdinalIgnoreCase) >= 0;
}
