namespace EpPromo.Recipients;

/// <summary>A CSV table that is written row by row, and is complete when it is disposed.</summary>
internal interface ICsvTableWriter : IDisposable
{
    /// <summary>Writes a row: one value for each column.</summary>
    void Write(IReadOnlyList<string> values);
}
