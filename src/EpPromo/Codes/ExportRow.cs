namespace EpPromo.Codes;

/// <summary>One row of an export file: a code, and all that the file says of it.</summary>
/// <param name="Code">The code, with what the recognised columns say of it.</param>
/// <param name="Columns">The columns, shared by all rows of a file.</param>
/// <param name="Values">The row's values, one for each column.</param>
internal sealed record ExportRow(PromotionCode Code, ExportColumns Columns, IReadOnlyList<string> Values)
{
    /// <summary>
    /// The columns that are no properties of <see cref="Code"/>, with their values. A column that has the name of a property is among them,
    /// as <c>uses_2</c>, if its value cannot be a value of that property.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> FurtherColumns
    {
        get
        {
            for (int i = 0; i < Values.Count; i++)
            {
                if (!Columns.IsProperty(i, Code, Values[i]))
                {
                    yield return new KeyValuePair<string, string>(Columns.Names[i], Values[i]);
                }
            }
        }
    }
}
