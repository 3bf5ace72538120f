namespace EpPromo.Recipients.Spools;

/// <summary>A row of texts.</summary>
/// <param name="Number">A number that is kept with the row, from 0 on.</param>
/// <param name="Values">Its values; null for one that the row does not have.</param>
internal readonly record struct SpoolRow(long Number, params string?[] Values)
{
    /// <summary>The values from a position on.</summary>
    public string?[] ValuesFrom(int start) => Slice(start, Values.Length - start);

    /// <summary>Some of the values.</summary>
    public string?[] Slice(int start, int length)
    {
        string?[] values = new string?[length];
        Array.Copy(Values, start, values, 0, length);
        return values;
    }
}
